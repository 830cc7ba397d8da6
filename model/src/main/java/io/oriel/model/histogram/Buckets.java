package io.oriel.model.histogram;

import java.util.Arrays;

/**
 * The buckets of one side of a histogram that hold something: index and count, by rising index. A
 * bucket that is not listed is empty. Immutable; the arrays are shared and must not be written to.
 */
@SuppressWarnings("ArrayRecordComponent") // arrays are what loops run over; equality is by content
public record Buckets(int[] indexes, double[] counts) {
  public static final Buckets NONE = new Buckets(new int[0], new double[0]);

  public Buckets {
    if (indexes.length != counts.length) {
      throw new IllegalArgumentException(
          indexes.length + " bucket indexes stand beside " + counts.length + " counts");
    }
  }

  /** Buckets side by side from an index on; those that hold nothing are left out. */
  public static Buckets from(int firstIndex, double... counts) {
    var buckets = new BucketSums();
    for (int i = 0; i < counts.length; i++) buckets.append(firstIndex + i, counts[i]);
    return buckets.result();
  }

  public int size() {
    return indexes.length;
  }

  public boolean isEmpty() {
    return indexes.length == 0;
  }

  /** The observations in all of them. */
  public double total() {
    double sum = 0;
    for (double count : counts) sum += count;
    return sum;
  }

  /** How many unbroken runs of indexes there are. */
  int runs() {
    int runs = 0;
    for (int i = 0; i < indexes.length; i++) {
      if (i == 0 || indexes[i] != indexes[i - 1] + 1) runs++;
    }
    return runs;
  }

  Buckets times(double factor) {
    double[] scaled = counts.clone();
    for (int i = 0; i < scaled.length; i++) scaled[i] *= factor;
    return filled(indexes, scaled);
  }

  Buckets dividedBy(double divisor) {
    double[] scaled = counts.clone();
    for (int i = 0; i < scaled.length; i++) scaled[i] /= divisor;
    return filled(indexes, scaled);
  }

  /** Only those that hold something. */
  static Buckets filled(int[] indexes, double[] counts) {
    for (double count : counts) {
      if (count != 0) continue;
      var kept = new BucketSums();
      for (int i = 0; i < counts.length; i++) kept.append(indexes[i], counts[i]);
      return kept.result();
    }
    return new Buckets(indexes, counts);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Buckets(int[] i, double[] c)
        && Arrays.equals(indexes, i)
        && Arrays.equals(counts, c);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(indexes) + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    var text = new StringBuilder("[");
    for (int i = 0; i < indexes.length; i++) {
      text.append(i == 0 ? "" : " ").append(indexes[i]).append(':').append(counts[i]);
    }
    return text.append(']').toString();
  }
}
