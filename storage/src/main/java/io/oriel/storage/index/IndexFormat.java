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
  static final int BODY_CRC_AT = SECTIONS_AT + 8 * (Section.COUNT + 1);
  static final int HEADER_CRC_AT = BODY_CRC_AT + 4;
  static final int HEADER_BYTES = HEADER_CRC_AT + 4;

  /** The sections in their order. */
  enum Section {
    SYMBOL_OFFSETS(0),
    SYMBOL_BYTES(1),
    NAMES(2),
    PAIR_VALUES(3),
    POSTING_PLACES(4),
    POSTINGS(5),
    SERIES_OFFSETS(6),
    SERIES_PAIRS(7);

    static final int COUNT = 8;

    final int number;

    Section(int number) {
      this.number = number;
    }
  }

  /** Set in a posting's place where it is no place, but the one series itself. */
  static final long SINGLE = 1L << 63;

  static final ValueLayout.OfInt INT_LE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
  static final ValueLayout.OfLong LONG_LE =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

  private IndexFormat() {}
}
