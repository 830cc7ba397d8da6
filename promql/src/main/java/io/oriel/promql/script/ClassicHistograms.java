package io.oriel.promql.script;

import io.oriel.model.Labels;
import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.promql.script.Script.SeriesLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Classic histograms as native ones: the series {@code x_bucket}, {@code x_count} and {@code x_sum}
 * that are equal but for {@code le} become one series {@code x} with the bounds as custom bounds.
 */
final class ClassicHistograms {
  /** One classic histogram at one moment: cumulative counts by upper bound. */
  private static final class Parts {
    private final TreeMap<Double, Double> counts = new TreeMap<>();
    private double count = Double.NaN;
    private double sum;
  }

  private final Map<Labels, Map<Integer, Parts>> families = new LinkedHashMap<>();

  /** By labels and place in the sequence. */
  static Map<Labels, Map<Integer, Histogram>> of(List<SeriesLine> lines) {
    var classic = new ClassicHistograms();
    lines.forEach(classic::read);
    var natives = new LinkedHashMap<Labels, Map<Integer, Histogram>>();
    classic.families.forEach((labels, moments) -> {
      var converted = new TreeMap<Integer, Histogram>();
      moments.forEach((place, parts) -> converted.put(place, convert(labels, parts)));
      natives.put(labels, converted);
    });
    return natives;
  }

  private void read(SeriesLine line) {
    String name = line.labels().metricName();
    for (String suffix : List.of("_bucket", "_count", "_sum")) {
      if (!name.endsWith(suffix)) continue;
      double bound = suffix.equals("_bucket") ? bound(line.labels().valueOf("le")) : 0;
      if (Double.isNaN(bound)) return;
      String base = name.substring(0, name.length() - suffix.length());
      Labels labels = line.labels().without(Set.of("le")).with(Labels.NAME, base);
      read(line, suffix, bound, families.computeIfAbsent(labels, l -> new TreeMap<>()));
    }
  }

  private static void read(
      SeriesLine line, String suffix, double bound, Map<Integer, Parts> moments) {
    for (int i = 0; i < line.items().size(); i++) {
      if (!(line.items().get(i) instanceof Sequence.Item.Value(double value))) continue;
      Parts parts = moments.computeIfAbsent(i, place -> new Parts());
      switch (suffix) {
        case "_bucket" -> parts.counts.putIfAbsent(bound, value);
        case "_count" -> parts.count = value;
        default -> parts.sum = value;
      }
    }
  }

  private static double bound(String text) {
    try {
      return Sequence.number(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static Histogram convert(Labels labels, Parts parts) {
    var counts = parts.counts;
    double all = parts.count;
    if (Double.isNaN(all)) all = counts.isEmpty() ? 0 : counts.lastEntry().getValue();
    counts.putIfAbsent(Double.POSITIVE_INFINITY, all);
    double last = counts.lastEntry().getValue();
    if (last != all) throw new IllegalArgumentException(labels + ": count is not that of +Inf");
    double[] bounds = new double[counts.size() - 1];
    double[] each = new double[counts.size()];
    double before = 0;
    int at = 0;
    for (var bucket : counts.entrySet()) {
      if (bucket.getValue() < before) throw new IllegalArgumentException(labels + ": counts fall");
      if (at < bounds.length) bounds[at] = bucket.getKey();
      each[at++] = bucket.getValue() - before;
      before = bucket.getValue();
    }
    return new Histogram(
        Histogram.CUSTOM,
        all,
        parts.sum,
        0,
        0,
        Buckets.from(0, each),
        Buckets.NONE,
        bounds,
        CounterReset.UNKNOWN);
  }
}
