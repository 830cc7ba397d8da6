package io.oriel.cli;

import picocli.CommandLine.ITypeConverter;

/** Text as it was written; where an option has a converter for its other half. */
final class TextValue implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    return text;
  }
}
