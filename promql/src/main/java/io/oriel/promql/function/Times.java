package io.oriel.promql.function;

import static io.oriel.promql.expr.ValueType.VECTOR;

import io.oriel.promql.expr.Function;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.ToIntFunction;

/** Moments and dates, in UTC. Without an argument the date functions take the time of the step. */
final class Times {
  static final List<Function> FUNCTIONS =
      List.of(
          date("year", "The year.", LocalDateTime::getYear),
          date("month", "The month, 1 to 12.", LocalDateTime::getMonthValue),
          date("day_of_month", "The day of the month, 1 to 31.", LocalDateTime::getDayOfMonth),
          date("day_of_year", "The day of the year, 1 to 366.", LocalDateTime::getDayOfYear),
          date(
              "day_of_week",
              "The day of the week, 0 (Sunday) to 6.",
              time -> time.getDayOfWeek().getValue() % 7),
          date(
              "days_in_month",
              "How many days the month has.",
              time -> LocalDate.from(time).lengthOfMonth()),
          date("hour", "The hour, 0 to 23.", LocalDateTime::getHour),
          date("minute", "The minute, 0 to 59.", LocalDateTime::getMinute),
          Row.scalar(
              "time",
              List.of(),
              "The time of the step, in seconds since 1970.",
              (step, inputs) -> inputs.steps().at(step) / 1000.0),
          Row.experimental(
              Row.scalar(
                  "start",
                  List.of(),
                  "The start of the query, in seconds since 1970.",
                  (step, inputs) -> inputs.query().startMs() / 1000.0)),
          Row.experimental(
              Row.scalar(
                  "end",
                  List.of(),
                  "The end of the query, in seconds since 1970.",
                  (step, inputs) -> inputs.query().endMs() / 1000.0)),
          Row.experimental(
              Row.scalar(
                  "step",
                  List.of(),
                  "The step of the query in seconds; 0 in an instant query.",
                  (step, inputs) -> inputs.query().stepMs() / 1000.0)),
          Row.experimental(
              Row.scalar(
                  "range",
                  List.of(),
                  "The length of the query in seconds; 0 in an instant query.",
                  (step, inputs) -> inputs.query().lengthMs() / 1000.0)));

  private static final double LAST_SECOND = 3.1e16; // about the last one that java.time counts

  private Times() {}

  private static Function date(String name, String doc, ToIntFunction<LocalDateTime> part) {
    return Row.optional(
        1,
        Row.of(
            name,
            List.of(VECTOR),
            VECTOR,
            doc,
            Row.each(seconds ->
                Double.isNaN(seconds) || Double.isInfinite(seconds)
                    ? Double.NaN
                    : part.applyAsInt(utc(seconds)))));
  }

  private static LocalDateTime utc(double seconds) {
    long inRange = (long) Math.clamp(seconds, -LAST_SECOND, LAST_SECOND);
    return LocalDateTime.ofInstant(Instant.ofEpochSecond(inRange), ZoneOffset.UTC);
  }
}
