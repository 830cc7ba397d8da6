package io.oriel.server.self;

import io.oriel.collect.Collector;
import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DistributionDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Tells Oriel's own metrics as a scrape of {@code /metrics} would. */
final class SelfCollector implements Collector {
  private record Name(String text, MetricMetadata.Type type) {}

  /**
   * A series' labels, with one more ({@code le}, {@code quantile}) where its value is not empty.
   */
  private record Key(
      io.prometheus.metrics.model.snapshots.Labels labels, String extra, String value) {}

  private final Supplier<MetricSnapshots> registry;
  private final Map<Name, Metric> metrics = new HashMap<>(); // the same objects round after round
  private final Map<Key, Labels> labels = new HashMap<>();

  SelfCollector(Supplier<MetricSnapshots> registry) {
    this.registry = registry;
  }

  @Override
  public String name() {
    return "oriel";
  }

  @Override
  public String where() {
    return "this process";
  }

  /** What is counted is declared all over the program, so nothing is known beforehand. */
  @Override
  public List<Metric> metrics() {
    return List.of();
  }

  @Override
  public void collect(Readings out) {
    for (MetricSnapshot snapshot : registry.get()) {
      switch (snapshot) {
        case CounterSnapshot counter -> {
          Metric metric = metric(counter, "_total", MetricMetadata.Type.COUNTER);
          counter.getDataPoints().forEach(p -> out.tell(metric, labels(p), p.getValue()));
        }
        case GaugeSnapshot gauge -> {
          Metric metric = metric(gauge, "", MetricMetadata.Type.GAUGE);
          gauge.getDataPoints().forEach(p -> out.tell(metric, labels(p), p.getValue()));
        }
        case UnknownSnapshot unknown -> {
          Metric metric = metric(unknown, "", MetricMetadata.Type.UNKNOWN);
          unknown.getDataPoints().forEach(p -> out.tell(metric, labels(p), p.getValue()));
        }
        case InfoSnapshot info -> {
          Metric metric = metric(info, "_info", MetricMetadata.Type.INFO);
          info.getDataPoints().forEach(p -> out.tell(metric, labels(p), 1));
        }
        case HistogramSnapshot histogram -> histogram(histogram, out);
        case SummarySnapshot summary -> summary(summary, out);
        default -> {} // state sets and whatever else: Oriel declares none
      }
    }
  }

  private void histogram(HistogramSnapshot histogram, Readings out) {
    Metric buckets = metric(histogram, "_bucket", MetricMetadata.Type.HISTOGRAM);
    for (var point : histogram.getDataPoints()) {
      ClassicHistogramBuckets counts = point.getClassicBuckets();
      long below = 0;
      for (int i = 0; i < counts.size(); i++) {
        below += counts.getCount(i);
        double bound = counts.getUpperBound(i);
        String le = Double.isInfinite(bound) ? "+Inf" : Double.toString(bound);
        out.tell(buckets, labels(point, "le", le), (double) below);
      }
      sumAndCount(histogram, MetricMetadata.Type.HISTOGRAM, point, out);
    }
  }

  private void summary(SummarySnapshot summary, Readings out) {
    Metric quantiles = metric(summary, "", MetricMetadata.Type.SUMMARY);
    for (var point : summary.getDataPoints()) {
      for (var quantile : point.getQuantiles()) {
        String q = Double.toString(quantile.getQuantile());
        out.tell(quantiles, labels(point, "quantile", q), quantile.getValue());
      }
      sumAndCount(summary, MetricMetadata.Type.SUMMARY, point, out);
    }
  }

  private void sumAndCount(
      MetricSnapshot of,
      MetricMetadata.Type type,
      DistributionDataPointSnapshot point,
      Readings out) {
    if (point.hasCount())
      out.tell(metric(of, "_count", type), labels(point), (double) point.getCount());
    if (point.hasSum()) out.tell(metric(of, "_sum", type), labels(point), point.getSum());
  }

  private Metric metric(MetricSnapshot snapshot, String ending, MetricMetadata.Type type) {
    String base = snapshot.getMetadata().getPrometheusName();
    String name = base.endsWith(ending) ? base : base + ending;
    String help = snapshot.getMetadata().getHelp();
    boolean isPart = type == MetricMetadata.Type.HISTOGRAM || type == MetricMetadata.Type.SUMMARY;
    return metrics.computeIfAbsent(
        new Name(name, type),
        key -> new Metric(key.text(), type, help == null ? "" : help, isPart ? base : key.text()));
  }

  private Labels labels(DataPointSnapshot point) {
    return labels(point, "", "");
  }

  private Labels labels(DataPointSnapshot point, String extra, String value) {
    return labels.computeIfAbsent(new Key(point.getLabels(), extra, value), SelfCollector::make);
  }

  private static Labels make(Key key) {
    var builder = Labels.builder();
    for (int i = 0; i < key.labels.size(); i++) {
      builder.set(key.labels.getPrometheusName(i), key.labels.getValue(i));
    }
    if (!key.value.isEmpty()) builder.set(key.extra, key.value);
    return builder.build();
  }
}
