package io.oriel.promql.function;

import io.oriel.promql.expr.GoNumber;
import io.oriel.promql.expr.Inputs;
import io.oriel.promql.expr.Place;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Collects over all samples where bucket counts had to be mended, and says it once a metric. */
final class MonotonicityFixes {
  private static final String TEXT =
      "input to histogram_quantile needed to be fixed for monotonicity (see"
          + " https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)";

  private static final class Extent {
    private double lowest = Double.POSITIVE_INFINITY;
    private double highest = Double.NEGATIVE_INFINITY;
    private double largest;
    private int samples;
    private long firstMs = Long.MAX_VALUE;
    private long lastMs = Long.MIN_VALUE;
    private long countedMs = Long.MIN_VALUE;
  }

  private final Map<String, Extent> extents = new LinkedHashMap<>();
  private final Inputs inputs;
  private final Place at;

  MonotonicityFixes(Inputs inputs, Place at) {
    this.inputs = inputs;
    this.at = at;
  }

  Buckets.Fixes at(String metric, int step) {
    return (bound, difference) -> add(metric, inputs.steps().at(step), bound, difference);
  }

  private void add(String metric, long timeMs, double bound, double difference) {
    Extent extent = extents.computeIfAbsent(metric, name -> new Extent());
    extent.lowest = Math.min(extent.lowest, bound);
    extent.highest = Math.max(extent.highest, bound);
    extent.largest = Math.max(extent.largest, difference);
    extent.firstMs = Math.min(extent.firstMs, timeMs);
    extent.lastMs = Math.max(extent.lastMs, timeMs);
    if (extent.countedMs != timeMs) extent.samples++;
    extent.countedMs = timeMs;
  }

  void note() {
    extents.forEach((metric, extent) ->
        inputs
            .notes()
            .info(
                TEXT
                    + (metric.isEmpty() ? "" : " for metric name \"" + metric + "\"")
                    + ", from buckets "
                    + GoNumber.general(extent.lowest)
                    + " to "
                    + GoNumber.general(extent.highest)
                    + ", with a max diff of "
                    + String.format(Locale.ROOT, "%.2g", extent.largest)
                    + ", over "
                    + extent.samples
                    + " samples from "
                    + Instant.ofEpochMilli(extent.firstMs)
                    + " to "
                    + Instant.ofEpochMilli(extent.lastMs),
                at));
  }
}
