package io.oriel.wire.exposition;

/** In what the two text formats differ where labels are read. */
enum Dialect {
  /** Blanks between tokens, commas left out, line breaks in values: all is taken. */
  LOOSE,
  /** OpenMetrics: no blanks, a comma between labels, no line break in a value. */
  STRICT;

  static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }

  /** Letters and underscore begin a label name. */
  static boolean isLabelStart(byte c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  static boolean isLabelPart(byte c) {
    return isLabelStart(c) || (c >= '0' && c <= '9');
  }

  /** A metric name may have colons too. */
  static boolean isNameStart(byte c) {
    return isLabelStart(c) || c == ':';
  }

  static boolean isNamePart(byte c) {
    return isLabelPart(c) || c == ':';
  }
}
