package io.oriel.wire.remotewrite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import java.io.ByteArrayOutputStream;

/** Builds a request, series by series. One thread. */
public final class WriteEncoder {
  private final ByteArrayOutputStream request = new ByteArrayOutputStream();

  /** Adds a series with its samples; zeros are written too, so that -0 stays what it is. */
  public WriteEncoder series(Labels labels, SampleColumns samples) {
    var series = new ByteArrayOutputStream();
    for (int i = 0; i < labels.size(); i++) {
      var label = new ByteArrayOutputStream();
      text(1, labels.nameAt(i), label);
      text(2, labels.valueAt(i), label);
      bytes(1, label.toByteArray(), series);
    }
    for (int i = 0; i < samples.size; i++) {
      var sample = new ByteArrayOutputStream();
      sample.write(Fields.tag(1, Fields.EIGHT_BYTES));
      long bits = Double.doubleToRawLongBits(samples.values[i]);
      for (int b = 0; b < Long.BYTES; b++) sample.write((int) (bits >>> (8 * b)));
      number(2, samples.times[i], sample);
      bytes(2, sample.toByteArray(), series);
    }
    bytes(1, series.toByteArray(), request);
    return this;
  }

  /** Adds what there is to say of a metric. */
  public WriteEncoder metadata(String metric, MetricMetadata said) {
    var metadata = new ByteArrayOutputStream();
    number(1, WriteDecoder.number(said.type()), metadata);
    text(2, metric, metadata);
    text(4, said.help(), metadata);
    text(5, said.unit(), metadata);
    bytes(3, metadata.toByteArray(), request);
    return this;
  }

  private static void text(int field, String text, ByteArrayOutputStream into) {
    bytes(field, text.getBytes(UTF_8), into);
  }

  private static void bytes(int field, byte[] bytes, ByteArrayOutputStream into) {
    varint(Fields.tag(field, Fields.BYTES), into);
    varint(bytes.length, into);
    into.writeBytes(bytes);
  }

  private static void number(int field, long number, ByteArrayOutputStream into) {
    varint(Fields.tag(field, Fields.VARINT), into);
    varint(number, into);
  }

  private static void varint(long number, ByteArrayOutputStream into) {
    for (; (number & ~0x7fL) != 0; number >>>= 7) into.write((int) (number & 0x7f | 0x80));
    into.write((int) number);
  }

  /** The message. */
  public byte[] message() {
    return request.toByteArray();
  }

  /** The body of a request: the message in a snappy block. */
  public byte[] body() {
    byte[] message = message();
    return SnappyBlock.pack(message, message.length);
  }
}
