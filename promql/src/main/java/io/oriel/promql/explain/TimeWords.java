package io.oriel.promql.explain;

import io.oriel.promql.expr.GoNumber;
import io.oriel.promql.expr.Shift;
import io.oriel.promql.expr.Span;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Durations and moments in words. */
final class TimeWords {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private record Unit(String name, long ms) {}

  private static final Unit[] UNITS = {
    new Unit("week", 604_800_000),
    new Unit("day", 86_400_000),
    new Unit("hour", 3_600_000),
    new Unit("minute", 60_000),
    new Unit("second", 1000),
    new Unit("millisecond", 1)
  };

  private TimeWords() {}

  /** "1 hour 30 minutes"; what is no whole number of milliseconds stays in seconds. */
  static String duration(double seconds) {
    double ms = seconds * 1000;
    if (ms != Math.rint(ms) || Math.abs(ms) > 1e15) return GoNumber.general(seconds) + " seconds";
    if (ms < 0) return "minus " + duration(-seconds);
    if (ms == 0) return "0 seconds";
    long left = (long) ms;
    var words = new ArrayList<String>();
    for (Unit unit : UNITS) {
      long count = left / unit.ms();
      left %= unit.ms();
      if (count > 0) words.add(count + " " + unit.name() + (count == 1 ? "" : "s"));
    }
    return String.join(" ", words);
  }

  /** "the last 5 minutes", "the last hour". */
  static String last(Span length) {
    String words = span(length);
    if (!Span.isFixed(length)) return "a range as long as " + words;
    return "the last " + (words.matches("1 [a-z]+") ? words.substring(2) : words);
  }

  /** "every 30 seconds", "every minute". */
  static String every(Span step) {
    String words = span(step);
    return "every " + (words.matches("1 [a-z]+") ? words.substring(2) : words);
  }

  static String span(Span span) {
    return switch (span) {
      case Span.Fixed fixed -> duration(fixed.seconds());
      case Span.QueryStep _ -> "the query's step";
      case Span.QueryRange _ -> "the query's length";
      case Span.Bracketed(Span inner, _) -> "(" + span(inner) + ")";
      case Span.Signed(boolean negative, Span operand, _) ->
          (negative ? "minus " : "") + span(operand);
      case Span.Computed(Span.Op op, Span left, Span right, _) -> computed(op, left, right);
    };
  }

  private static String computed(Span.Op op, Span left, Span right) {
    String first = operand(op, left);
    String second = operand(op, right);
    return switch (op) {
      case ADD -> first + " plus " + second;
      case SUBTRACT -> first + " minus " + second;
      case MULTIPLY -> first + " times " + second;
      case DIVIDE -> first + " divided by " + second;
      case MODULO -> first + " modulo " + second;
      case POWER -> first + " to the power of " + second;
      case MAX -> "the longer of " + first + " and " + second;
      case MIN -> "the shorter of " + first + " and " + second;
    };
  }

  /** A factor is a number, not a time: {@code 5m * 2}. */
  private static String operand(Span.Op op, Span span) {
    boolean factor =
        op == Span.Op.MULTIPLY
            || op == Span.Op.DIVIDE
            || op == Span.Op.POWER
            || op == Span.Op.MODULO;
    if (factor && span instanceof Span.Fixed(double seconds, boolean duration, _) && !duration) {
      return GoNumber.general(seconds);
    }
    return span instanceof Span.Computed(Span.Op inner, _, _, _) && inner.binds() > 0
        ? "(" + span(span) + ")"
        : span(span);
  }

  /** " as it was 1 hour before", null where nothing is shifted. */
  static @Nullable String shift(Shift shift) {
    String anchor = anchor(shift);
    Span offset = shift.offset();
    if (offset == null) return anchor == null ? null : " as it was at " + anchor;
    if (offset instanceof Span.Fixed fixed) {
      if (fixed.ms() == 0) return anchor == null ? null : " as it was at " + anchor;
      boolean past = fixed.seconds() > 0;
      String length = duration(Math.abs(fixed.seconds()));
      String verb = past || anchor != null ? " as it was " : " as it will be ";
      String side = past ? " before" : anchor == null ? " later" : " after";
      return verb + length + side + (anchor == null ? "" : " " + anchor);
    }
    return " as it was " + span(offset) + " before" + (anchor == null ? "" : " " + anchor);
  }

  private static @Nullable String anchor(Shift shift) {
    Long at = shift.atMs();
    if (at != null) return moment(at);
    Shift.Edge edge = shift.edge();
    if (edge == null) return null;
    return edge == Shift.Edge.START ? "the start of the query" : "the end of the query";
  }

  private static String moment(long ms) {
    try {
      return MOMENT.format(Instant.ofEpochMilli(ms));
    } catch (DateTimeException e) { // beyond what a calendar holds
      return GoNumber.general(ms / 1000.0) + " seconds since 1970";
    }
  }
}
