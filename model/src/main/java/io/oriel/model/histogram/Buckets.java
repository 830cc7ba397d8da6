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
