package io.oriel.wire.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/** A target in this process that answers what it was told to. */
public final class TestTarget implements AutoCloseable {
  private final HttpServer server;
  private final List<Map<String, String>> requests =
      Collections.synchronizedList(new ArrayList<>());
  public volatile String page = "";
  public volatile String contentType = "text/plain; version=0.0.4; charset=utf-8";
  public volatile int status = 200;
  public volatile String location = "";
  public volatile String retryAfter = "";
  public volatile boolean gzip;

  public TestTarget() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** The headers of each request, in small letters, and its path as {@code :path}. */
  public List<Map<String, String>> requests() {
    return List.copyOf(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var headers = new TreeMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    headers.put(":path", exchange.getRequestURI().toString());
    headers.put(":peer", exchange.getRemoteAddress().toString());
    requests.add(headers);
    byte[] body = page.getBytes(StandardCharsets.UTF_8);
    if (gzip && headers.getOrDefault("accept-encoding", "").contains("gzip")) {
      body = gzipped(body);
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    }
    if (!contentType.isEmpty()) exchange.getResponseHeaders().set("Content-Type", contentType);
    if (!location.isEmpty()) exchange.getResponseHeaders().set("Location", location);
    if (!retryAfter.isEmpty()) exchange.getResponseHeaders().set("Retry-After", retryAfter);
    boolean here = exchange.getRequestURI().getPath().equals("/there");
    exchange.sendResponseHeaders(here ? 200 : status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  public static byte[] gzipped(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var packed = new GZIPOutputStream(out)) {
      packed.write(bytes);
    }
    return out.toByteArray();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
