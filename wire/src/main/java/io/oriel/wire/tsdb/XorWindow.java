package io.oriel.wire.tsdb;

/** A column of doubles, each as what differs in bits from the one before. */
final class XorWindow {
  private long bits;
  private int leading;
  private int trailing;

  double first(BitWalk in) {
    bits = in.bits(64);
    return Double.longBitsToDouble(bits);
  }

  double next(BitWalk in) {
    if (in.bit() == 0) return Double.longBitsToDouble(bits);
    if (in.bit() == 1) {
      leading = (int) in.bits(5);
      int length = (int) in.bits(6);
      trailing = 64 - leading - (length == 0 ? 64 : length); // 64 comes as 0
    }
    int length = 64 - leading - trailing;
    if (length > 0 && trailing >= 0) bits ^= in.bits(length) << trailing;
    return Double.longBitsToDouble(bits);
  }
}
