package io.oriel.collect;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.wire.exposition.ExpositionFormat;
import io.oriel.wire.exposition.TextWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Readings as a page of text exposition, for a Prometheus to scrape: each family's series stand
 * together, families in the order they were told. A name is never changed for a format's sake: a
 * counter whose name OpenMetrics would not take for one is of unknown type there.
 */
public final class TextPage {
  private static final String TOTAL = "_total";
  private static final List<String> PARTS = List.of("_bucket", "_sum", "_count");

  private record Sample(Labels series, double value) {}

  private record Family(String name, MetricMetadata.Type type, String help, List<Sample> samples) {}

  private final Map<String, Family> families = new LinkedHashMap<>();

  private TextPage() {}

  /** A round's readings as they are, in the text format 0.0.4. */
  public static byte[] of(Readings readings) {
    var page = new TextPage();
    readings.forEach((metric, labels, value) -> page.add(metric, labels, Labels.EMPTY, value));
    return page.write(ExpositionFormat.TEXT);
  }

  /**
   * Rounds of several collectors. What Prometheus says of a scrape by itself ({@code up}) is left
   * out; a collector's own labels stand on its series.
   *
   * @param format one of the two text formats
   */
  public static byte[] of(List<Round> rounds, ExpositionFormat format) {
    var page = new TextPage();
    for (Round round : rounds) {
      Labels own = round.collector().labels();
      for (Round.Value each : round.values()) {
        if (OwnMetrics.isOfScrape(each.metric())) continue;
        page.add(each.metric(), each.labels(), own, each.value());
      }
    }
    return page.write(format);
  }

  private void add(Metric metric, Labels labels, Labels own, double value) {
    boolean isPart = isPart(metric);
    String name = isPart ? metric.family() : metric.name();
    Family family = families.get(name);
    if (family == null) {
      family = new Family(name, type(metric, isPart), metric.help(), new ArrayList<>());
      families.put(name, family);
    }
    family.samples().add(new Sample(series(metric, labels, own), value));
  }

  /** Whether it is one of several names under one TYPE line, as in a histogram. */
  private static boolean isPart(Metric metric) {
    return switch (metric.type()) {
      case HISTOGRAM, GAUGE_HISTOGRAM, SUMMARY ->
          metric.name().equals(metric.family())
              || PARTS.stream().anyMatch(part -> metric.name().equals(metric.family() + part));
      default -> false;
    };
  }

  /** Of a family that stands for one name: when a histogram began, say, is a gauge beside it. */
  private static MetricMetadata.Type type(Metric metric, boolean isPart) {
    if (isPart) return metric.type();
    return switch (metric.type()) {
      case HISTOGRAM, GAUGE_HISTOGRAM, SUMMARY, INFO, STATESET -> MetricMetadata.Type.GAUGE;
      case COUNTER ->
          metric.name().equals(metric.family() + "_created")
              ? MetricMetadata.Type.GAUGE
              : MetricMetadata.Type.COUNTER;
      case GAUGE, UNKNOWN -> metric.type();
    };
  }

  private static Labels series(Metric metric, Labels labels, Labels own) {
    if (own.isEmpty()) return labels.with(Labels.NAME, metric.name());
    Labels.Builder all = own.toBuilder().set(Labels.NAME, metric.name());
    for (int i = 0; i < labels.size(); i++) all.set(labels.nameAt(i), labels.valueAt(i));
    return all.build();
  }

  private byte[] write(ExpositionFormat format) {
    boolean open = format == ExpositionFormat.OPEN_METRICS;
    var page = new TextWriter(format);
    for (Family family : families.values()) {
      if (open) openHead(family, page);
      else page.family(family.name(), new MetricMetadata(family.type(), family.help(), ""));
      family.samples().forEach(sample -> page.sample(sample.series(), sample.value()));
    }
    return page.toBytes();
  }

  /** There, the family of a counter is called without the end of its samples' name. */
  private void openHead(Family family, TextWriter page) {
    String name = family.name();
    MetricMetadata.Type type = family.type();
    if (type == MetricMetadata.Type.COUNTER) {
      String base = name.endsWith(TOTAL) ? name.substring(0, name.length() - TOTAL.length()) : name;
      if (base.equals(name) || families.containsKey(base)) type = MetricMetadata.Type.UNKNOWN;
      else name = base;
    }
    page.family(name, new MetricMetadata(type, family.help(), ""));
  }
}
