package io.oriel.wire.remotewrite;

import io.oriel.wire.protobuf.FieldWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Builds requests of version 2 by hand, right ones and wrong ones. */
final class Request2 {
  private final List<String> symbols = new ArrayList<>(List.of(""));
  private final FieldWriter series = new FieldWriter();

  /** The reference to a text, which is put into the table. */
  int ref(String text) {
    if (!symbols.contains(text)) symbols.add(text);
    return symbols.indexOf(text);
  }

  /** A series with these labels; its other fields are written by who is handed the writer. */
  Request2 series(Consumer<FieldWriter> rest, String... namesAndValues) {
    long[] refs = new long[namesAndValues.length];
    for (int i = 0; i < refs.length; i++) refs[i] = ref(namesAndValues[i]);
    return seriesOf(rest, refs);
  }

  Request2 seriesOf(Consumer<FieldWriter> rest, long... refs) {
    var packed = new FieldWriter();
    for (long ref : refs) packed.varint(ref);
    var one = new FieldWriter();
    one.message(1, packed);
    rest.accept(one);
    series.message(5, one);
    return this;
  }

  static Consumer<FieldWriter> sample(long timeMs, double value, long startMs) {
    var sample = new FieldWriter().eightBytes(1, value).number(2, timeMs);
    if (startMs != 0) sample.number(3, startMs);
    return one -> one.message(2, sample);
  }

  static Consumer<FieldWriter> sample(long timeMs, double value) {
    return sample(timeMs, value, 0);
  }

  static Consumer<FieldWriter> message(int field, FieldWriter content) {
    return one -> one.message(field, content);
  }

  byte[] bytes() {
    var request = new FieldWriter();
    for (String symbol : symbols) request.text(4, symbol);
    byte[] rest = series.toBytes();
    byte[] head = request.toBytes();
    byte[] all = java.util.Arrays.copyOf(head, head.length + rest.length);
    System.arraycopy(rest, 0, all, head.length, rest.length);
    return all;
  }
}
