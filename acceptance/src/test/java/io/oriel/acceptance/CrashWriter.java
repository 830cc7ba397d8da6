package io.oriel.acceptance;

import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.SnappyBlock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Sends by remote write as fast as it is answered, a counter and a native histogram at a time; both
 * count the requests. Remembers what it sent and what was acknowledged, by time.
 */
final class CrashWriter {
  private final String name;
  private final SortedMap<Long, Long> sent = new ConcurrentSkipListMap<>();
  private final SortedMap<Long, Long> kept = new ConcurrentSkipListMap<>();
  private long requests;
  private long lastMs;

  CrashWriter(int number) {
    this.name = "w" + number;
  }

  String name() {
    return name;
  }

  SortedMap<Long, Long> sent() {
    return sent;
  }

  SortedMap<Long, Long> kept() {
    return new TreeMap<>(kept);
  }

  /** Until nobody answers any more. */
  void write(OrielProcess to) {
    var address = URI.create("http://127.0.0.1:" + (to.port + 1) + "/api/v1/write");
    try (var http = HttpClient.newHttpClient()) {
      while (true) {
        long time = Math.max(lastMs + 1, System.currentTimeMillis());
        lastMs = time;
        long number = ++requests;
        sent.put(time, number);
        var request =
            HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-protobuf")
                .header("Content-Encoding", "snappy")
                .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                .POST(BodyPublishers.ofByteArray(body(time, number)))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 204) throw new AssertionError(answer.body());
        kept.put(time, number);
      }
    } catch (IOException _) { // killed
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] body(long timeMs, long number) {
    var counter = labels("crash_float");
    counter.message(2, new FieldWriter().eightBytes(1, (double) number).number(2, timeMs));
    var histogram = labels("crash_histogram");
    histogram.message(4, histogram(timeMs, number));
    byte[] message = new FieldWriter().message(1, counter).message(1, histogram).toBytes();
    return SnappyBlock.pack(message, message.length);
  }

  private FieldWriter labels(String metric) {
    return new FieldWriter()
        .message(1, new FieldWriter().text(1, "__name__").text(2, metric))
        .message(1, new FieldWriter().text(1, "writer").text(2, name));
  }

  /** So many observations, all in one bucket, as {@code prometheus.Histogram}. */
  private static FieldWriter histogram(long timeMs, long number) {
    byte[] delta = new FieldWriter().varint(2 * number).toBytes(); // a zigzag number
    return new FieldWriter()
        .number(1, number)
        .eightBytes(3, 1.5 * number)
        .number(4, 0)
        .eightBytes(5, 1e-128)
        .number(6, 0)
        .message(11, new FieldWriter().number(1, 2).number(2, 1))
        .bytes(12, delta, delta.length)
        .number(15, timeMs);
  }
}
