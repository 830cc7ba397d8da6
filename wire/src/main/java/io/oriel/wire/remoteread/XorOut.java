package io.oriel.wire.remoteread;

/** A column of doubles, each by what differs in bits from the one before. */
final class XorOut {
  private static final int MOST_LEADING = 31; // five bits say how many
  private static final int NO_WINDOW = 64;

  private long before;
  private int leading = NO_WINDOW;
  private int trailing;

  /** The first is written whole. */
  void first(double value, BitsOut out) {
    before = Double.doubleToRawLongBits(value);
    leading = NO_WINDOW;
    trailing = 0;
    out.bits(before, 64);
  }

  void next(double value, BitsOut out) {
    long bits = Double.doubleToRawLongBits(value);
    long change = bits ^ before;
    before = bits;
    if (change == 0) {
      out.bits(0, 1);
      return;
    }
    out.bits(1, 1);
    int zerosBefore = Math.min(MOST_LEADING, Long.numberOfLeadingZeros(change));
    int zerosAfter = Long.numberOfTrailingZeros(change);
    if (leading != NO_WINDOW && zerosBefore >= leading && zerosAfter >= trailing) {
      out.bits(0, 1);
    } else {
      leading = zerosBefore;
      trailing = zerosAfter;
      out.bits(1, 1);
      out.bits(leading, 5);
      out.bits(64 - leading - trailing, 6); // 64 comes out as 0, which its reader knows
    }
    out.bits(change >>> trailing, 64 - leading - trailing);
  }
}
