package io.oriel.promql.function;

import io.oriel.model.SampleColumns;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.Windows;

/**
 * The largest or smallest value of a sliding window by a monotonic queue: a sample that a later one
 * beats can never win again and is forgotten, so each is looked at a constant number of times.
 */
final class Extremes {
  private Extremes() {}

  static void walk(Windows windows, SampleColumns samples, Column out, boolean largest) {
    double[] values = samples.values;
    int[] queue = new int[16]; // indexes, best first; a ring
    int head = 0;
    int size = 0;
    int seen = 0;
    while (windows.next()) {
      for (int i = Math.max(seen, windows.from()); i < windows.to(); i++) {
        if (Double.isNaN(values[i])) continue; // loses against everything
        while (size > 0
            && beats(values[i], values[queue[(head + size - 1) & (queue.length - 1)]], largest)) {
          size--;
        }
        if (size == queue.length) {
          queue = grown(queue, head);
          head = 0;
        }
        queue[(head + size++) & (queue.length - 1)] = i;
      }
      seen = windows.to();
      while (size > 0 && queue[head] < windows.from()) {
        head = (head + 1) & (queue.length - 1);
        size--;
      }
      out.set(windows.step(), size > 0 ? values[queue[head]] : Double.NaN);
    }
  }

  private static boolean beats(double value, double other, boolean largest) {
    return largest ? value > other : value < other;
  }

  private static int[] grown(int[] ring, int head) {
    int[] larger = new int[ring.length * 2];
    System.arraycopy(ring, head, larger, 0, ring.length - head);
    System.arraycopy(ring, 0, larger, ring.length - head, head);
    return larger;
  }
}
