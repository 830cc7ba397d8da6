package io.oriel.wire.remoteread;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.Histogram;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.HistogramMessage;
import io.oriel.wire.protobuf.SnappyBlock;

/** Builds the answer that holds all samples: query by query, series by series. One thread. */
public final class SampleAnswer {
  private final FieldWriter answer = new FieldWriter();
  private final FieldWriter query = new FieldWriter();
  private final FieldWriter series = new FieldWriter();
  private final FieldWriter inner = new FieldWriter();
  private final HistogramMessage histograms = new HistogramMessage();

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
      if (histogram != null) {
        series.message(4, histograms.of(histogram, samples.times[i], false));
      }
    }
    query.message(1, series);
    return this;
  }

  static void labels(Labels labels, FieldWriter into, FieldWriter scratch) {
    for (int i = 0; i < labels.size(); i++) {
      into.message(1, scratch.clear().text(1, labels.nameAt(i)).text(2, labels.valueAt(i)));
    }
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
