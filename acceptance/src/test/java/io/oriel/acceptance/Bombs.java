package io.oriel.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.SnappyBlock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/**
 * Bodies that are small when packed and large when not, each made to fill another part of memory.
 */
final class Bombs {
  private static final int LARGE = 30 << 20; // what a heap of 256 MiB lets through, barely
  private static final int GIB = 1 << 30;

  private Bombs() {}

  /** Fills one message until it is large. */
  private interface Filling {
    void add(int number, FieldWriter metrics);
  }

  private static byte[] otlp(Filling filling) throws IOException {
    var metrics = new FieldWriter(LARGE + (1 << 20)); // ScopeMetrics
    for (int i = 0; metrics.size() < LARGE; i++) filling.add(i, metrics);
    var request = new FieldWriter();
    int resource = request.begin(1);
    request.message(2, metrics);
    request.end(resource);
    return gzip(request.bytes(), request.size());
  }

  private static byte[] gzip(byte[] bytes, int length) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(packed)) {
      zip.write(bytes, 0, length);
    }
    return packed.toByteArray();
  }

  private static FieldWriter named(String name) {
    return new FieldWriter().text(1, name);
  }

  private static FieldWriter gauge(FieldWriter point) {
    return new FieldWriter().message(1, point);
  }

  /** Names without a single point. */
  static byte[] names(int sender) throws IOException {
    return otlp(
        (i, metrics) -> metrics.message(2, named("name_%d_%d".formatted(sender, i)).text(2, "x")));
  }

  /** Names of the greatest length, each with a point: a new series each. */
  static byte[] series(int sender) throws IOException {
    String long_ = "y".repeat(16_000);
    return otlp((i, metrics) ->
        metrics.message(
            2,
            named("series_%d_%d_%s".formatted(sender, i, long_))
                .message(5, gauge(new FieldWriter().eightBytes(4, 1)))));
  }

  /** As many new series as there is room for, with short names. */
  static byte[] shortSeries(int sender) throws IOException {
    return otlp((i, metrics) ->
        metrics.message(
            2,
            named("s_%d_%d".formatted(sender, i))
                .message(5, gauge(new FieldWriter().eightBytes(4, 1)))));
  }

  /** One name as long as all. */
  static byte[] name() throws IOException {
    return otlp((_, metrics) -> metrics.message(2, named("z".repeat(LARGE))));
  }

  /** One help text as long as all. */
  static byte[] help() throws IOException {
    return otlp(
        (_, metrics) -> metrics.message(2, named("help").text(2, "\u00e9".repeat(LARGE / 2))));
  }

  /** An attribute that is a list of control characters: in JSON each has six letters. */
  static byte[] attribute() throws IOException {
    var any = new FieldWriter().text(1, "\u0001".repeat(LARGE));
    var list = new FieldWriter().message(5, new FieldWriter().message(1, any));
    var point = new FieldWriter().message(7, named("a").message(2, list)).eightBytes(4, 1);
    return otlp((_, metrics) -> metrics.message(2, named("m").message(5, gauge(point))));
  }

  /** One point of nothing but exemplars. */
  static byte[] exemplars() throws IOException {
    var point = new FieldWriter(LARGE + 64);
    var exemplar = new FieldWriter().eightBytes(3, 1);
    while (point.size() < LARGE) point.message(5, exemplar);
    var sum = new FieldWriter().message(1, point).number(2, 2);
    return otlp((_, metrics) -> metrics.message(2, named("m").message(7, sum)));
  }

  /** JSON that is five times as long as protobuf. */
  static byte[] json() throws IOException {
    byte[] begin =
        ("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"m\",\"histogram\":"
                + "{\"dataPoints\":[{\"bucketCounts\":[0")
            .getBytes(UTF_8);
    byte[] json = new byte[LARGE];
    for (int i = 0; i < LARGE; i++) json[i] = (byte) (i % 2 == 0 ? ',' : '1');
    System.arraycopy(begin, 0, json, 0, begin.length);
    return gzip(json, LARGE);
  }

  /** JSON with a text as long as all. */
  static byte[] jsonText() throws IOException {
    byte[] json = new byte[LARGE];
    Arrays.fill(json, (byte) 'n');
    byte[] begin = "{\"resourceMetrics\":[{\"schemaUrl\":\"".getBytes(UTF_8);
    System.arraycopy(begin, 0, json, 0, begin.length);
    return gzip(json, LARGE);
  }

  /** About 1 MB that unpacks to a gigabyte. */
  static byte[] gibibyte() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(packed)) {
      byte[] piece = new byte[1 << 20];
      for (int i = 0; i < GIB / piece.length; i++) zip.write(piece);
    }
    return packed.toByteArray();
  }

  /** 1 MB of a snappy block that says it is a gigabyte. */
  static byte[] lyingSnappy() {
    byte[] block = new FieldWriter().varint(GIB).toBytes();
    return Arrays.copyOf(block, 1 << 20);
  }

  /** About 1 MB in a snappy block that is 20 MB of one series with a name as long as all. */
  static byte[] snappy() {
    var label = new FieldWriter().text(1, "__name__").text(2, "w".repeat(20 << 20));
    byte[] message = new FieldWriter().message(1, new FieldWriter().message(1, label)).toBytes();
    return SnappyBlock.pack(message, message.length);
  }

  /** A snappy block of a request of remote write with as many new series as it may have. */
  static byte[] snappySeries(int sender) {
    var request = new FieldWriter(LARGE + (1 << 20));
    for (int i = 0; request.size() < LARGE; i++) {
      var label =
          new FieldWriter().text(1, "__name__").text(2, "pushed_%d_%d".formatted(sender, i));
      var sample = new FieldWriter().eightBytes(1, 1).number(2, System.currentTimeMillis());
      request.message(1, new FieldWriter().message(1, label).message(2, sample));
    }
    return SnappyBlock.pack(request.bytes(), request.size());
  }
}
