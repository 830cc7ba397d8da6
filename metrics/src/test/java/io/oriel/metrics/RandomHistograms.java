package io.oriel.metrics;

import io.oriel.model.Stale;
import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Native histograms as sources tell them, and odder: they grow, fall, change layout and kind. */
final class RandomHistograms {
  private static final double[] NO_BOUNDS = {};

  private final Random random;
  private final TreeMap<Integer, Double> positive = new TreeMap<>();
  private final TreeMap<Integer, Double> negative = new TreeMap<>();
  private int schema;
  private double zeroThreshold = 2.938735877055719e-39;
  private double zeroCount;
  private boolean isGauge;
  private boolean isOdd; // counts that are no whole numbers

  RandomHistograms(Random random) {
    this.random = random;
  }

  Histogram next() {
    change();
    int buckets = random.nextInt(200) == 0 ? 1500 : random.nextInt(12);
    for (int i = 0; i < buckets; i++) {
      int index = (int) (random.nextGaussian() * (buckets > 100 ? 1000 : 6));
      positive.merge(
          schema == Histogram.CUSTOM ? Math.abs(index) % 5 : index, count(), Double::sum);
    }
    if (schema == Histogram.CUSTOM) return histogram(0, 0, new double[] {0.1, 0.5, 1, 10});
    if (random.nextInt(3) == 0) negative.merge(random.nextInt(9) - 4, count(), Double::sum);
    if (random.nextInt(3) == 0) zeroCount += count();
    return histogram(zeroThreshold, zeroCount, NO_BOUNDS);
  }

  private double count() {
    return isOdd ? random.nextDouble() : random.nextInt(100);
  }

  private void change() {
    if (random.nextInt(12) == 0) clear();
    if (random.nextInt(30) == 0) {
      schema = random.nextInt(4) == 0 ? Histogram.CUSTOM : random.nextInt(13) - 4;
      clear();
    }
    if (random.nextInt(40) == 0) zeroThreshold = random.nextInt(3);
    if (random.nextInt(40) == 0) isGauge = !isGauge;
    if (random.nextInt(40) == 0) isOdd = !isOdd;
  }

  private void clear() {
    positive.clear();
    negative.clear();
    zeroCount = 0;
  }

  private Histogram histogram(double threshold, double zero, double[] bounds) {
    Buckets up = buckets(positive);
    Buckets down = schema == Histogram.CUSTOM ? Buckets.NONE : buckets(negative);
    double sum = random.nextInt(20) == 0 ? Double.NaN : random.nextGaussian() * 1e3;
    if (random.nextInt(3) == 0) sum = Math.rint(sum);
    return new Histogram(
        schema,
        zero + up.total() + down.total(),
        sum,
        threshold,
        zero,
        up,
        down,
        bounds,
        isGauge ? CounterReset.GAUGE : CounterReset.UNKNOWN);
  }

  private static Buckets buckets(Map<Integer, Double> counts) {
    var kept = new TreeMap<>(counts);
    kept.values().removeIf(count -> count == 0);
    return new Buckets(
        kept.keySet().stream().mapToInt(Integer::intValue).toArray(),
        kept.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** A marker as a histogram. */
  static Histogram marker() {
    return new Histogram(
        3, 7, Stale.MARKER, 0, 0, Buckets.NONE, Buckets.NONE, NO_BOUNDS, CounterReset.UNKNOWN);
  }
}
