package io.oriel.wire.exposition;

import io.oriel.model.Labels;
import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.wire.protobuf.FieldWriter;
import java.util.Map;

/**
 * Writes a page of Prometheus' protocol buffers: samples without a type, and native histograms with
 * float counts. What follows one another under one name and of one kind is one metric family. Not
 * thread-safe.
 *
 * <p>Source: prometheus/client_model, {@code metrics.proto}.
 */
public final class ProtobufWriter {
  private static final int UNTYPED = 3;
  private static final int HISTOGRAM = 4;
  private static final int GAUGE_HISTOGRAM = 5;

  private final FieldWriter page = new FieldWriter();
  private final FieldWriter family = new FieldWriter();
  private final FieldWriter metric = new FieldWriter();
  private final FieldWriter inner = new FieldWriter();
  private final FieldWriter numbers = new FieldWriter();
  private String name = ""; // of the family
  private int type;

  /**
   * A sample with its time in milliseconds since 1970; the labels hold the metric name.
   *
   * @param further labels behind the series' own, where the series has none of that name
   */
  public ProtobufWriter sample(
      Labels series, Map<String, String> further, double value, long timestampMs) {
    begin(series, further, UNTYPED);
    return end(5, inner.clear().eightBytes(1, value), timestampMs);
  }

  /**
   * The same of a native histogram.
   *
   * @param histogram not one with custom bounds: the format can't say them
   */
  public ProtobufWriter histogram(
      Labels series, Map<String, String> further, Histogram histogram, long timestampMs) {
    if (histogram.custom()) {
      throw new IllegalArgumentException("a histogram has bounds of its own: " + histogram);
    }
    begin(series, further, histogram.reset() == CounterReset.GAUGE ? GAUGE_HISTOGRAM : HISTOGRAM);
    inner.clear().eightBytes(4, histogram.count()).eightBytes(2, histogram.sum());
    inner.number(5, zigzag(histogram.schema())).eightBytes(6, histogram.zeroThreshold());
    inner.eightBytes(8, histogram.zeroCount());
    buckets(9, 11, histogram.negative());
    buckets(12, 14, histogram.positive());
    if (histogram.positive().isEmpty() && histogram.negative().isEmpty()) {
      inner.message(12, numbers.clear().number(1, 0).number(2, 0)); // it is a native one
    }
    return end(7, inner, timestampMs);
  }

  /** Whatever was written, with its last family. */
  public byte[] toBytes() {
    endFamily();
    return page.toBytes();
  }

  private void begin(Labels series, Map<String, String> further, int kind) {
    String of = series.metricName();
    if (!of.equals(name) || kind != type) {
      endFamily();
      name = of;
      type = kind;
      family.text(1, of).number(3, kind);
    }
    metric.clear();
    for (int i = 0; i < series.size(); i++) {
      if (!series.nameAt(i).equals(Labels.NAME)) label(series.nameAt(i), series.valueAt(i));
    }
    further.forEach((label, value) -> {
      if (series.get(label) == null) label(label, value);
    });
  }

  private void label(String label, String value) {
    metric.message(1, numbers.clear().text(1, label).text(2, value));
  }

  private ProtobufWriter end(int field, FieldWriter value, long timestampMs) {
    metric.message(field, value).number(6, timestampMs);
    family.message(4, metric);
    return this;
  }

  private void endFamily() {
    if (family.size() == 0) return;
    page.varint(family.size());
    family.appendTo(page);
    family.clear();
    name = "";
  }

  /** Runs of neighbouring buckets, each by its distance from the one before, and all counts. */
  private void buckets(int spanField, int countField, Buckets buckets) {
    int[] indexes = buckets.indexes();
    int next = 0; // the index after the last run
    for (int i = 0; i < indexes.length; ) {
      int from = i;
      do i++;
      while (i < indexes.length && indexes[i] == indexes[i - 1] + 1);
      numbers.clear().number(1, zigzag(indexes[from] - next)).number(2, i - from);
      inner.message(spanField, numbers);
      next = indexes[i - 1] + 1;
    }
    if (indexes.length == 0) return;
    numbers.clear();
    for (double count : buckets.counts()) numbers.eightBytes(count);
    inner.message(countField, numbers);
  }

  private static long zigzag(int number) {
    return ((number << 1) ^ (number >> 31)) & 0xffff_ffffL;
  }
}
