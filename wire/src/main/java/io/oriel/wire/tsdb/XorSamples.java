package io.oriel.wire.tsdb;

import io.oriel.model.SampleColumns;

/** Reads a chunk of floats. Source: {@code tsdb/chunkenc/xor.go}. */
final class XorSamples {
  private static final int[] STEP_WIDTHS = {0, 14, 17, 20, 64}; // by the ones that lead

  private XorSamples() {}

  /**
   * Reads a chunk.
   *
   * @param data of the chunk: two bytes that say how many samples, then their bits
   * @return whether all samples were there
   */
  static boolean read(byte[] data, SampleColumns into) {
    var in = new BitWalk(data, 0);
    int count = (int) in.bits(16);
    var values = new XorWindow();
    long time = 0;
    long delta = 0;
    for (int i = 0; i < count && !in.beyond(); i++) {
      if (i == 0) {
        time = in.signed();
      } else {
        delta = i == 1 ? in.unsigned() : delta + step(in);
        time += delta;
      }
      double value = i == 0 ? values.first(in) : values.next(in);
      if (!in.beyond()) into.add(time, value);
    }
    return !in.beyond();
  }

  /** How much longer this interval is than the one before. */
  private static long step(BitWalk in) {
    int width = STEP_WIDTHS[in.ones(STEP_WIDTHS.length - 1)];
    if (width == 0) return 0;
    long change = in.bits(width);
    if (width == 64) return change;
    return change > 1L << (width - 1) ? change - (1L << width) : change;
  }
}
