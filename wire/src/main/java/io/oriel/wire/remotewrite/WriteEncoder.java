package io.oriel.wire.remotewrite;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.SnappyBlock;

/** Builds a request, series by series. One thread. */
public final class WriteEncoder {
  private final FieldWriter request = new FieldWriter();
  private final FieldWriter outer = new FieldWriter();
  private final FieldWriter inner = new FieldWriter();

  /** Adds a series with its samples; zeros are written too, so that -0 stays what it is. */
  public WriteEncoder series(Labels labels, SampleColumns samples) {
    outer.clear();
    for (int i = 0; i < labels.size(); i++) {
      inner.clear().text(1, labels.nameAt(i)).text(2, labels.valueAt(i));
      outer.message(1, inner);
    }
    for (int i = 0; i < samples.size; i++) {
      inner.clear().eightBytes(1, samples.values[i]).number(2, samples.times[i]);
      outer.message(2, inner);
    }
    request.message(1, outer);
    return this;
  }

  /** Adds what there is to say of a metric. */
  public WriteEncoder metadata(String metric, MetricMetadata said) {
    outer
        .clear()
        .number(1, WriteDecoder.number(said.type()))
        .text(2, metric)
        .text(4, said.help())
        .text(5, said.unit());
    request.message(3, outer);
    return this;
  }

  /** The message. */
  public byte[] message() {
    return request.toBytes();
  }

  /** The body of a request: the message in a snappy block. */
  public byte[] body() {
    byte[] message = message();
    return SnappyBlock.pack(message, message.length);
  }
}
