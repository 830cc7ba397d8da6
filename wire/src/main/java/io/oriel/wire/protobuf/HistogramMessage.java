package io.oriel.wire.protobuf;

import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.Histogram;

/**
 * Writes a native histogram as remote write and remote read have it: the fields of {@code
 * types.proto}, which are those of remote write 2.0 too. One thread.
 */
public final class HistogramMessage {
  private static final double MOST_EXACT = 1L << 53; // above it not every whole number is a double

  private final FieldWriter message = new FieldWriter();
  private final FieldWriter numbers = new FieldWriter();

  /**
   * The message of a histogram, lent until the next call.
   *
   * @param whole whether counts may be written as whole numbers, which is shorter; it is done where
   *     all of them are
   */
  public FieldWriter of(Histogram histogram, long timeMs, boolean whole) {
    boolean asIntegers = whole && isWhole(histogram);
    message.clear();
    if (asIntegers) message.number(1, (long) histogram.count());
    else message.eightBytes(2, histogram.count());
    message.eightBytes(3, histogram.sum());
    message.number(4, zigzag(histogram.schema())).eightBytes(5, histogram.zeroThreshold());
    if (asIntegers) message.number(6, (long) histogram.zeroCount());
    else message.eightBytes(7, histogram.zeroCount());
    buckets(8, histogram.negative(), asIntegers);
    buckets(11, histogram.positive(), asIntegers);
    message.number(14, histogram.reset().ordinal()).number(15, timeMs);
    if (histogram.custom()) packed(16, histogram.customBounds());
    return message;
  }

  private static boolean isWhole(Histogram histogram) {
    return isWhole(histogram.count())
        && isWhole(histogram.zeroCount())
        && areWhole(histogram.positive().counts())
        && areWhole(histogram.negative().counts());
  }

  private static boolean areWhole(double[] counts) {
    for (double count : counts) if (!isWhole(count)) return false;
    return true;
  }

  private static boolean isWhole(double count) {
    return count >= 0 && count <= MOST_EXACT && count == Math.rint(count);
  }

  /** Runs of neighbouring buckets, each by its distance from the one before, and all counts. */
  private void buckets(int spanField, Buckets buckets, boolean asIntegers) {
    int[] indexes = buckets.indexes();
    int next = 0; // the index after the last run
    for (int i = 0; i < indexes.length; ) {
      int from = i;
      do i++;
      while (i < indexes.length && indexes[i] == indexes[i - 1] + 1);
      numbers.clear().number(1, zigzag(indexes[from] - next)).number(2, i - from);
      message.message(spanField, numbers);
      next = indexes[i - 1] + 1;
    }
    if (indexes.length == 0) return;
    if (asIntegers) deltas(spanField + 1, buckets.counts());
    else packed(spanField + 2, buckets.counts());
  }

  private void deltas(int field, double[] counts) {
    numbers.clear();
    long before = 0;
    for (double count : counts) {
      numbers.varint(zigzag((long) count - before));
      before = (long) count;
    }
    message.message(field, numbers);
  }

  private void packed(int field, double[] values) {
    numbers.clear();
    for (double value : values) numbers.eightBytes(value);
    message.message(field, numbers);
  }

  private static long zigzag(int number) {
    return ((number << 1) ^ (number >> 31)) & 0xffff_ffffL;
  }

  private static long zigzag(long number) {
    return (number << 1) ^ (number >> 63);
  }
}
