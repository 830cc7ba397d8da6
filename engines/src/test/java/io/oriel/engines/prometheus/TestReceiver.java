package io.oriel.engines.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.oriel.wire.protobuf.Malformed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A receiver that answers as it was told, and hands over what came. */
final class TestReceiver implements AutoCloseable {
  /** What it answers. */
  record Answer(int status, Map<String, String> headers, String body) {
    static Answer status(int status) {
      return new Answer(status, Map.of(), status < 300 ? "" : "no, " + status);
    }
  }

  /** What came: the head's fields in small letters, and the message. */
  record Request(String method, Map<String, String> headers, Decoded message) {}

  final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final LinkedBlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private final HttpServer server;

  TestReceiver() throws IOException {
    this(0);
  }

  TestReceiver(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port() + "/api/v1/write");
  }

  /** The next request; none within ten seconds fails the test. */
  Request take() throws InterruptedException {
    Request request = requests.poll(10, TimeUnit.SECONDS);
    if (request == null) throw new AssertionError("no request came within 10 s");
    return request;
  }

  boolean isQuiet() {
    return requests.isEmpty();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    var headers = new HashMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    boolean isV2 = headers.getOrDefault("content-type", "").contains("write.v2");
    Answer answer = answers.poll();
    if (answer == null) answer = normal(isV2);
    try {
      requests.add(new Request(exchange.getRequestMethod(), headers, Decoded.of(body, isV2)));
    } catch (Malformed | AssertionError e) {
      answer = new Answer(400, Map.of(), e.toString());
    }
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] text = answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    if (answer.status() == 0) { // cut in the middle
      exchange.close();
      return;
    }
    exchange.sendResponseHeaders(answer.status(), text.length == 0 ? -1 : text.length);
    if (text.length > 0) exchange.getResponseBody().write(text);
    exchange.close();
  }

  private static Answer normal(boolean isV2) {
    if (!isV2) return Answer.status(204);
    return new Answer(204, Map.of("X-Prometheus-Remote-Write-Samples-Written", "1"), "");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
