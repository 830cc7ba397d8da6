package io.oriel.collect.ollama;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.OptionalDouble;

/** When a loaded model goes. A year far ahead, or year 1, is Ollama's way to say never. */
final class Expiry {
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private Expiry() {}

  static OptionalDouble secondsOf(String text) {
    try {
      Instant at = OffsetDateTime.parse(text).toInstant();
      if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) return OptionalDouble.empty();
      return OptionalDouble.of(at.toEpochMilli() / 1000.0);
    } catch (DateTimeException e) {
      return OptionalDouble.empty();
    }
  }
}
