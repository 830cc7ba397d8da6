package io.oriel.wire.remoteread;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.Histogram;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.SnappyBlock;

/** Builds the answer that holds all samples: query by query, series by series. One thread. */
public final class SampleAnswer {
  private final FieldWriter answer = new FieldWriter();
  private final FieldWriter query = new FieldWriter();
  private final FieldWriter series = new FieldWriter();
  private final FieldWriter inner = new FieldWriter();
  private final FieldWriter numbers = new FieldWriter();

  /** Adds a series to the query that is being answered. */
  public SampleAnswer series(Labels labels, SampleColumns samples) {
    series.clear();
    labels(labels, series, inner);
    for (int i = 0; i < samples.size; i++) {
      Histogram histogram = samples.histogram(i);
      if (histogram != null) continue;
      inner.clear().eightBytes(1, samples.values[i]).number(2, samples.times[i]);
      series.message(2, inner);
    }
    for (int i = 0; i < samples.size; i++) {
      Histogram histogram = samples.histogram(i);
      if (histogram != null) series.message(4, histogram(histogram, samples.times[i]));
    }
    query.message(1, series);
    return this;
  }

  static void labels(Labels labels, FieldWriter into, FieldWriter scratch) {
    for (int i = 0; i < labels.size(); i++) {
      into.message(1, scratch.clear().text(1, labels.nameAt(i)).text(2, labels.valueAt(i)));
    }
  }

  /** A histogram with float counts, as Prometheus' types.proto has it. */
  private FieldWriter histogram(Histogram histogram, long timeMs) {
    inner.clear().eightBytes(2, histogram.count()).eightBytes(3, histogram.sum());
    inner.number(4, zigzag(histogram.schema())).eightBytes(5, histogram.zeroThreshold());
    inner.eightBytes(7, histogram.zeroCount());
    buckets(8, 10, histogram.negative());
    buckets(11, 13, histogram.positive());
    inner.number(14, histogram.reset().ordinal()).number(15, timeMs);
    if (histogram.custom()) packed(16, histogram.customBounds());
    return inner;
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
    if (indexes.length > 0) packed(countField, buckets.counts());
  }

  private void packed(int field, double[] values) {
    numbers.clear();
    for (double value : values) numbers.eightBytes(value);
    inner.message(field, numbers);
  }

  private static long zigzag(int number) {
    return ((number << 1) ^ (number >> 31)) & 0xffff_ffffL;
  }

  /** The query that was being answered is done; series from now on belong to the next. */
  public SampleAnswer endQuery() {
    answer.message(1, query);
    query.clear();
    return this;
  }

  /** How many bytes there are so far, before they are packed. */
  public int size() {
    return answer.size() + query.size();
  }

  /** The body: the message in a snappy block. */
  public byte[] body() {
    byte[] message = answer.toBytes();
    return SnappyBlock.pack(message, message.length);
  }
}
