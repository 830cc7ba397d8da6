package io.oriel.model.histogram;

/**
 * Whether a counter began anew between two histograms of a series: a count fell, a filled bucket is
 * gone, the schema became finer, the zero bucket narrower or cuts a bucket that was filled.
 */
final class ResetDetection {
  private ResetDetection() {}

  static boolean between(Histogram before, Histogram now) {
    if (now.reset() == CounterReset.RESET) return true;
    if (now.reset() == CounterReset.NOT_RESET) return false;
    if (now.count() < before.count()) return true;
    if (now.custom() != before.custom()) return true;
    if (now.custom()) return customFell(before, now);
    if (now.schema() > before.schema() || now.zeroThreshold() < before.zeroThreshold()) return true;
    double threshold = now.zeroThreshold();
    if (threshold > before.zeroThreshold()) {
      if (before.settled(threshold) != threshold) return true;
      if (now.zeroCount() < zeroCountUpTo(before, threshold)) return true;
    } else if (now.zeroCount() < before.zeroCount()) {
      return true;
    }
    return fell(before, before.positive(), now, now.positive())
        || fell(before, before.negative(), now, now.negative());
  }

  private static double zeroCountUpTo(Histogram histogram, double threshold) {
    return histogram.zeroCount()
        + countUpTo(histogram, histogram.positive(), threshold)
        + countUpTo(histogram, histogram.negative(), threshold);
  }

  private static double countUpTo(Histogram histogram, Buckets side, double threshold) {
    double count = 0;
    for (int i = 0; i < side.size(); i++) {
      if (BucketBounds.upper(histogram.schema(), side.indexes()[i]) > threshold) break;
      count += side.counts()[i];
    }
    return count;
  }

  /** Whether a bucket fell, those of the earlier histogram joined to the later one's schema. */
  private static boolean fell(Histogram before, Buckets old, Histogram now, Buckets current) {
    int steps = before.schema() - now.schema();
    int at = 0;
    for (int i = 0; i < old.size(); ) {
      int index = BucketBounds.coarser(old.indexes()[i], steps);
      double count = 0;
      while (i < old.size() && BucketBounds.coarser(old.indexes()[i], steps) == index) {
        count += old.counts()[i++];
      }
      double threshold = now.zeroThreshold();
      if (threshold > 0 && BucketBounds.upper(now.schema(), index) <= threshold) continue;
      while (at < current.size() && current.indexes()[at] < index) at++;
      boolean there = at < current.size() && current.indexes()[at] == index;
      if (there ? current.counts()[at] < count : count != 0) return true;
    }
    return false;
  }

  /** Compares by the bounds that both have. */
  private static boolean customFell(Histogram before, Histogram now) {
    if (CustomBounds.equal(before.customBounds(), now.customBounds())) {
      return fell(before, before.positive(), now, now.positive());
    }
    double[] common = CustomBounds.common(before.customBounds(), now.customBounds());
    double[] old = byBounds(before, common);
    double[] current = byBounds(now, common);
    for (int i = 0; i < old.length; i++) if (current[i] < old[i]) return true;
    return false;
  }

  private static double[] byBounds(Histogram histogram, double[] common) {
    var map = CustomBounds.map(histogram.customBounds(), common);
    double[] counts = new double[common.length + 1];
    Buckets buckets = histogram.positive();
    for (int i = 0; i < buckets.size(); i++) {
      counts[map.of(buckets.indexes()[i])] += buckets.counts()[i];
    }
    return counts;
  }
}
