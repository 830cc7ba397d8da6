package io.oriel.cli;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment as an option takes it: seconds since 1970, or a date with time and zone. */
final class MomentValue implements ITypeConverter<Instant> {
  @Override
  public Instant convert(String text) {
    try {
      if (!text.matches("-?[0-9]{1,15}(\\.[0-9]{1,9})?"))
        return OffsetDateTime.parse(text).toInstant();
      return Instant.ofEpochMilli(new BigDecimal(text).movePointRight(3).longValue());
    } catch (DateTimeException | ArithmeticException _) {
      throw new TypeConversionException(
          "'" + text + "' is no time; write it like 2026-01-31T12:00:00Z or 1769860800");
    }
  }
}
