package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.limit.Limits;
import io.oriel.wire.exposition.ExpositionFormat;
import io.oriel.wire.exposition.MetadataText;
import io.oriel.wire.exposition.SampleVisitor;
import io.oriel.wire.exposition.SeriesText;
import io.oriel.wire.exposition.SyntaxError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a page of text exposition whose samples have no time: now is when it is looked at. */
final class TextFileReader implements SampleVisitor {
  /** A series of the page, as the page describes its metric. */
  record Row(Metric metric, Labels labels, double value) {}

  private record Sample(Labels series, double value) {}

  private final List<Sample> samples = new ArrayList<>();
  private final Map<String, String> helps = new HashMap<>();
  private final Map<String, MetricMetadata.Type> types = new HashMap<>();
  private boolean isTimed;

  private TextFileReader() {}

  /**
   * @throws Unreadable with the line, or when a sample has a time
   */
  static List<Row> read(byte[] page) throws Unreadable {
    var reader = new TextFileReader();
    try {
      ExpositionFormat.TEXT.parse(page, page.length, Limits.NORMAL, reader);
    } catch (SyntaxError e) {
      throw Unreadable.because(String.valueOf(e.getMessage()));
    }
    if (reader.isTimed) throw Unreadable.because("samples with a time are not taken from a file");
    return reader.samples.stream().map(reader::row).toList();
  }

  @Override
  public void sample(SeriesText series, double value, long timestampMs) throws SyntaxError {
    isTimed |= timestampMs != NO_TIMESTAMP;
    samples.add(new Sample(series.labels(), value));
  }

  @Override
  public void metadata(MetadataText said) throws SyntaxError {
    if (said.kind() == MetadataText.Kind.TYPE) types.put(said.metric(), said.type());
    if (said.kind() == MetadataText.Kind.HELP) helps.put(said.metric(), said.text());
  }

  /** The machine's own labels are kept, as in a scrape: the file's are renamed. */
  private Row row(Sample sample) {
    String name = sample.series.metricName();
    var labels = Labels.builder();
    for (int i = 0; i < sample.series.size(); i++) {
      String label = sample.series.nameAt(i);
      if (label.equals(Labels.NAME)) continue;
      boolean taken = label.equals("job") || label.equals("instance");
      labels.set(taken ? "exported_" + label : label, sample.series.valueAt(i));
    }
    var type = types.getOrDefault(name, MetricMetadata.Type.UNKNOWN);
    return new Row(
        new Metric(name, type, helps.getOrDefault(name, "")), labels.build(), sample.value);
  }
}
