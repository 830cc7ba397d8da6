package io.oriel.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A port as an option takes it; 0 takes a free one. */
final class PortValue implements ITypeConverter<Integer> {
  private static final int LAST = 65_534; // one more is needed beside it

  @Override
  public Integer convert(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= LAST) return port;
    } catch (NumberFormatException _) {
      // said below
    }
    throw new TypeConversionException(
        "'" + text + "' is no port; write a number from 1 to " + LAST + ", or 0 for a free one");
  }
}
