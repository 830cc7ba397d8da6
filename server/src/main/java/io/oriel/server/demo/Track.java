package io.oriel.server.demo;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import java.util.Arrays;

/**
 * One series in a piece of the past: in which rounds its value changed, and to what. Most series of
 * a fleet stand still most of the time, and take no room then.
 */
final class Track implements Comparable<Track> {
  final Labels labels;
  private int[] rounds = new int[4];
  private double[] values = new double[4];
  private int size;
  private boolean isOpen; // it goes on after the last change

  Track(Labels labels) {
    this.labels = labels;
  }

  /** Forgets all; the series is not there until it is told again. */
  void clear() {
    size = 0;
    isOpen = false;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void tell(int round, double value) {
    long bits = Double.doubleToRawLongBits(value);
    if (isOpen && Double.doubleToRawLongBits(values[size - 1]) == bits) return;
    isOpen = !Stale.isMarker(value);
    boolean isAgain = size > 0 && rounds[size - 1] == round; // the later word of a round holds
    if (!isAgain) size++;
    if (size > rounds.length) {
      rounds = Arrays.copyOf(rounds, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    rounds[size - 1] = round;
    values[size - 1] = value;
  }

  /**
   * Every sample of it.
   *
   * @param times of the rounds
   * @param count how many rounds there are
   */
  void fill(long[] times, int count, SampleColumns out) {
    out.clear();
    for (int i = 0; i < size; i++) {
      boolean isLast = i + 1 == size;
      int end = isLast ? count : rounds[i + 1];
      if (Stale.isMarker(values[i])) end = rounds[i] + 1;
      for (int round = rounds[i]; round < end; round++) out.add(times[round], values[i]);
    }
  }

  @Override
  public int compareTo(Track other) {
    return labels.compareTo(other.labels);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Track that && labels.equals(that.labels);
  }

  @Override
  public int hashCode() {
    return labels.hashCode();
  }
}
