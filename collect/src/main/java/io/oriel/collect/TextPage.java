package io.oriel.collect;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.wire.exposition.ExpositionFormat;
import io.oriel.wire.exposition.TextWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A round's readings as a page of text exposition 0.0.4, for a Prometheus to scrape. */
public final class TextPage {
  private record Sample(Labels series, double value) {}

  private TextPage() {}

  private record Family(Metric first, List<Sample> samples) {}

  /** The page; each family's series stand together, in the order they were told. */
  public static byte[] of(Readings readings) {
    Map<String, Family> families = new LinkedHashMap<>();
    readings.forEach((metric, labels, value) ->
        families
            .computeIfAbsent(metric.family(), _ -> new Family(metric, new ArrayList<>()))
            .samples()
            .add(new Sample(labels.with(Labels.NAME, metric.name()), value)));
    var page = new TextWriter(ExpositionFormat.TEXT);
    families.forEach((name, family) -> {
      Metric first = family.first();
      page.family(name, new MetricMetadata(first.type(), first.help(), ""));
      family.samples().forEach(sample -> page.sample(sample.series(), sample.value()));
    });
    return page.toBytes();
  }
}
