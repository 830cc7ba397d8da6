package io.oriel.cli;

import io.oriel.wire.yaml.PrometheusDuration;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A length of time as an option takes it. */
final class DurationValue implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    try {
      return PrometheusDuration.parse(text);
    } catch (IllegalArgumentException _) {
      throw new TypeConversionException(
          "'" + text + "' is no length of time; write it like 30d or 12h");
    }
  }
}
