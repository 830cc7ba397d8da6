package io.oriel.server.http.prometheus;

import io.oriel.model.limit.Refusal;
import io.oriel.server.http.Call;
import io.oriel.wire.yaml.PrometheusDuration;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Times and durations as Prometheus' API reads them: RFC 3339 or seconds since 1970; seconds or a
 * duration such as {@code 1m30s}.
 */
final class ApiTime {
  /** Earliest and latest times that Go's clients send for "no bound". */
  private static final String GO_MIN = "-292273086-05-16T16:47:06Z";

  private static final String GO_MAX = "292277025-08-18T07:12:54.999999999Z";

  private static final double LONGEST_SECONDS = Long.MAX_VALUE / 1e9; // Go counts nanoseconds

  private ApiTime() {}

  /** A moment in milliseconds that need not be given. */
  static long time(Call call, String name, long otherwise) {
    try {
      return call.param(name).map(ApiTime::timeMs).orElse(otherwise);
    } catch (Unreadable e) {
      throw wrong(name, "invalid time value for '%s': %s".formatted(name, e.getMessage()));
    }
  }

  static long requiredTime(Call call, String name) {
    return param(call, name, ApiTime::timeMs).orElseThrow(() -> wrong(name, badTime("")));
  }

  /** A duration in milliseconds. */
  static Optional<Duration> duration(Call call, String name) {
    return param(call, name, text -> Duration.ofMillis(durationMs(text)));
  }

  static Duration requiredDuration(Call call, String name) {
    return duration(call, name).orElseThrow(() -> wrong(name, badDuration("")));
  }

  /** A refusal of a parameter in Prometheus' words. */
  static Refusal wrong(String parameter, String why) {
    return new Refusal.BadQuery("invalid parameter \"" + parameter + "\": " + why);
  }

  private static <T> Optional<T> param(Call call, String name, Function<String, T> read) {
    try {
      return call.param(name).map(read);
    } catch (Unreadable e) {
      throw wrong(name, e.getMessage());
    }
  }

  static long timeMs(String text) {
    if (text.equals(GO_MIN)) return Long.MIN_VALUE;
    if (text.equals(GO_MAX)) return Long.MAX_VALUE;
    Optional<Double> seconds = number(text);
    if (seconds.isPresent()) {
      double ms = seconds.get() * 1000;
      if (Double.isNaN(ms) || Math.abs(ms) > Long.MAX_VALUE) throw new Unreadable(badTime(text));
      return Math.round(ms);
    }
    try {
      Instant at = OffsetDateTime.parse(text).toInstant();
      return Math.addExact(
          Math.multiplyExact(at.getEpochSecond(), 1000L), at.getNano() / 1_000_000);
    } catch (DateTimeParseException | ArithmeticException _) {
      throw new Unreadable(badTime(text));
    }
  }

  static long durationMs(String text) {
    Optional<Double> seconds = number(text);
    if (seconds.isPresent()) {
      if (!(Math.abs(seconds.get()) <= LONGEST_SECONDS)) {
        throw new Unreadable(badDuration(text) + ". It overflows int64");
      }
      return Math.round(seconds.get() * 1000);
    }
    try {
      return PrometheusDuration.parse(text).toMillis();
    } catch (IllegalArgumentException | ArithmeticException _) {
      throw new Unreadable(badDuration(text));
    }
  }

  /** A number as Go reads one: no suffix letter, no blanks, which Java would allow. */
  private static Optional<Double> number(String text) {
    if (text.isEmpty() || "fFdD".indexOf(text.charAt(text.length() - 1)) >= 0) {
      return Optional.empty();
    }
    if (!text.equals(text.strip())) return Optional.empty();
    try {
      return Optional.of(Double.valueOf(text));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static String badTime(String text) {
    return "cannot parse \"" + text + "\" to a valid timestamp";
  }

  private static String badDuration(String text) {
    return "cannot parse \"" + text + "\" to a valid duration";
  }

  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String why;

    Unreadable(String why) {
      super(why, null, false, false);
      this.why = why;
    }

    @Override
    public String getMessage() {
      return why;
    }
  }
}
