package io.oriel.wire.exposition;

import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.nio.charset.CharacterCodingException;

/** An exemplar of a protobuf page: its labels as text, as OpenMetrics would write them. */
record ProtobufExemplar(SeriesText labels, double value, long timeMs) {
  private static final int LABEL = Fields.tag(1, Fields.BYTES);
  private static final int VALUE = Fields.tag(2, Fields.EIGHT_BYTES);
  private static final int TIME = Fields.tag(3, Fields.BYTES);
  private static final int SECONDS = Fields.tag(1, Fields.VARINT);
  private static final int NANOS = Fields.tag(2, Fields.VARINT);
  private static final int LONGEST = 1 << 16;
  private static final int NANOS_A_MS = 1_000_000;

  static ProtobufExemplar read(byte[] page, int from, int to)
      throws Malformed, SyntaxError, CharacterCodingException {
    var text = new StringBuilder("{");
    double value = 0;
    long time = SampleVisitor.NO_TIMESTAMP;
    var in = new Fields("the page is no list of metric families").over(page, from, to);
    for (int tag; (tag = in.tag()) != 0; ) {
      if (tag == LABEL) {
        int end = in.lengthOf();
        label(page, in.at, end, text);
        in.at = end;
      } else if (tag == VALUE) {
        value = in.eightBytes();
      } else if (tag == TIME) {
        int end = in.lengthOf();
        time = time(page, in.at, end);
        in.at = end;
      } else {
        in.skip(tag);
      }
    }
    return new ProtobufExemplar(ProtobufSeries.of(text.append('}'), LONGEST, false), value, time);
  }

  private static void label(byte[] page, int from, int to, StringBuilder into)
      throws Malformed, CharacterCodingException {
    String name = "";
    String value = "";
    var in = new Fields("the page is no list of metric families").over(page, from, to);
    for (int tag; (tag = in.tag()) != 0; ) {
      if (tag == Fields.tag(1, Fields.BYTES)) name = in.text(in.lengthOf());
      else if (tag == Fields.tag(2, Fields.BYTES)) value = in.text(in.lengthOf());
      else in.skip(tag);
    }
    if (into.length() > 1) into.append(',');
    ProtobufSeries.quoted(into, name);
    into.append('=');
    ProtobufSeries.quoted(into, value);
  }

  /** A google.protobuf.Timestamp in milliseconds. */
  static long time(byte[] page, int from, int to) throws Malformed {
    long seconds = 0;
    long nanos = 0;
    var in = new Fields("the page is no list of metric families").over(page, from, to);
    for (int tag; (tag = in.tag()) != 0; ) {
      if (tag == SECONDS) seconds = in.varint();
      else if (tag == NANOS) nanos = in.varint();
      else in.skip(tag);
    }
    boolean fits = Math.abs(seconds) < 1L << 43 && nanos >= 0 && nanos < 1_000_000_000;
    if (!fits) throw in.wrong("a time of %d s and %d ns".formatted(seconds, nanos));
    return seconds * 1000 + nanos / NANOS_A_MS;
  }
}
