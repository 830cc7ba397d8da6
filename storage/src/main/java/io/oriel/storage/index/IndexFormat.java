package io.oriel.storage.index;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.ValueLayout;

/** Where things stand in a label index file. Format: {@code docs/formats/label-index.md}. */
final class IndexFormat {
  static final long MAGIC = 0x5844494c524fL; // "ORLIDX", little-endian
  static final int VERSION = 1;

  static final int SYMBOLS_AT = 8;
  static final int NAMES_AT = 12;
  static final int PAIRS_AT = 16;
  static final int SERIES_AT = 20;
  static final int SECTIONS_AT = 24; // where each section begins, then the end of the last
  static final int BODY_CRC_AT = SECTIONS_AT + 8 * (Section.values().length + 1);
  static final int HEADER_CRC_AT = BODY_CRC_AT + 4;
  static final int HEADER_BYTES = HEADER_CRC_AT + 4;

  /** The sections in their order. */
  enum Section {
    SYMBOL_OFFSETS,
    SYMBOL_BYTES,
    NAMES,
    PAIR_VALUES,
    POSTING_PLACES,
    POSTINGS,
    SERIES_OFFSETS,
    SERIES_PAIRS
  }

  /** Set in a posting's place where it is no place, but the one series itself. */
  static final long SINGLE = 1L << 63;

  static final ValueLayout.OfInt INT_LE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
  static final ValueLayout.OfLong LONG_LE =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

  private IndexFormat() {}
}
