package io.oriel.promql.function;

import static io.oriel.promql.expr.ValueType.VECTOR;

import io.oriel.promql.expr.Function;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import java.util.function.ToIntFunction;

/** Moments and dates, in UTC. Without an argument the date functions take the time of the step. */
final class Times {
  static final List<Function> FUNCTIONS =
      List.of(
          ofSeconds("year", "The year.", Times::year),
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

  private static final long CYCLE_YEARS =
      400; // after which the calendar repeats, weekdays included
  private static final long CYCLE_SECONDS = 146_097L * 86_400;
  private static final long FIRST_YEAR = -292_277_022_399L; // as Go counts: 1 in its cycle
  private static final long FIRST_SECOND = -9_223_372_028_715_321_600L; // where that begins
  private static final LocalDateTime CYCLE_START = LocalDateTime.of(1, 1, 1, 0, 0);

  private Times() {}

  private static Function date(String name, String doc, ToIntFunction<LocalDateTime> part) {
    return ofSeconds(name, doc, seconds -> part.applyAsInt(utc(seconds)));
  }

  private static Function ofSeconds(String name, String doc, LongToDoubleFunction part) {
    return Row.optional(
        1,
        Row.of(
            name,
            List.of(VECTOR),
            VECTOR,
            doc,
            Row.each(value -> part.applyAsDouble(seconds(value)))));
  }

  /** As Go makes an integer of a float: what has none (NaN, too large) is the smallest one. */
  private static long seconds(double value) {
    return Math.abs(value) < 0x1p63 ? (long) value : Long.MIN_VALUE;
  }

  /** The date within its cycle of 400 years; all but the year is that of the date itself. */
  private static LocalDateTime utc(long seconds) {
    return CYCLE_START.plusSeconds(Long.remainderUnsigned(seconds - FIRST_SECOND, CYCLE_SECONDS));
  }

  private static double year(long seconds) {
    long cycles = Long.divideUnsigned(seconds - FIRST_SECOND, CYCLE_SECONDS);
    return FIRST_YEAR - 1 + cycles * CYCLE_YEARS + utc(seconds).getYear();
  }
}
