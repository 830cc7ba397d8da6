package io.oriel.promql.function;

import io.oriel.model.SampleColumns;
import io.oriel.promql.series.Windows;

/**
 * The compensated sum of a sliding window by two stacks. What has come is added up as it comes;
 * when the older part has gone, the sums from each sample to the newest are worked out once.
 * Nothing is ever taken away from a sum, which no compensation would survive: each sample is added
 * twice.
 */
final class SlidingSum {
  private static final int SHORT = 32; // samples; so many are added up again just as fast

  private final double[] values;
  private double[] sums = new double[0]; // from a sample to the last before the middle
  private double[] rests = new double[0];
  private int base; // the sample that the first of these sums begins with
  private int middle;
  private int end;
  private double sum; // from the middle to the end
  private double rest;
  private double total;
  private double totalRest;

  SlidingSum(SampleColumns samples) {
    values = samples.values;
  }

  /** Moves on; windows come in order. */
  void slideTo(Windows windows) {
    int from = windows.from();
    if (from >= middle || windows.count() <= SHORT) {
      turn(from, windows.to());
      return;
    }
    for (int i = end; i < windows.to(); i++) addAtEnd(values[i]);
    end = windows.to();
    addOlder(from);
  }

  /** The sum with what rounding had cut off; infinite where it overflows. */
  double exact() {
    return Double.isInfinite(total) ? total : total + totalRest;
  }

  /** The mean of so many values, NaN where the sum overflows or is none. */
  double mean(long count) {
    return Double.isInfinite(total) ? Double.NaN : total / count + totalRest / count;
  }

  private void addAtEnd(double value) {
    double next = sum + value;
    rest = Double.isInfinite(next) ? 0 : rest + Sum.lost(sum, value, next);
    sum = next;
  }

  private void addOlder(int from) {
    double older = sums[from - base];
    double next = older + sum;
    total = next;
    totalRest =
        Double.isInfinite(next) ? 0 : rests[from - base] + rest + Sum.lost(older, sum, next);
  }

  /** Makes all of a window the older part. */
  private void turn(int from, int to) {
    int count = to - from;
    if (sums.length < count) {
      sums = new double[count + count / 2];
      rests = new double[count + count / 2];
    }
    base = from;
    middle = to;
    end = to;
    sum = 0;
    rest = 0;
    double running = 0;
    double lost = 0;
    for (int i = to - 1; i >= from; i--) {
      double next = running + values[i];
      lost = Double.isInfinite(next) ? 0 : lost + Sum.lost(running, values[i], next);
      running = next;
      sums[i - from] = running;
      rests[i - from] = lost;
    }
    total = running;
    totalRest = lost;
  }
}
