package io.oriel.server.http;

import io.oriel.model.limit.Limits;
import io.oriel.server.auth.Guard;
import io.oriel.server.auth.WebConfig;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Routes behind a real socket on a free port of this machine, and a client that asks them. */
public final class TestServer implements AutoCloseable {
  private final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private TestServer(HttpServer server) {
    this.server = server;
  }

  public static TestServer of(Route... routes) {
    return below("", Limits.NORMAL, List.of(routes));
  }

  public static TestServer below(String basePath, Limits limits, List<Route> routes) {
    return new TestServer(start(basePath, Access.open(), limits, routes));
  }

  /** With other names and other sites' pages than its own. */
  static TestServer with(Sites sites, List<Route> routes) {
    return with(new Access(sites, new Guard(WebConfig.NONE)), routes);
  }

  /** With another way in. */
  static TestServer with(Access access, List<Route> routes) {
    return new TestServer(start("", access, Limits.NORMAL, routes));
  }

  private static HttpServer start(
      String basePath, Access access, Limits limits, List<Route> routes) {
    var listening =
        new Listening(
            "main",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            basePath,
            new Routes(routes));
    return HttpServer.start(
        List.of(listening), access, limits, new HttpMetrics(new PrometheusRegistry()));
  }

  void renewCertificates() {
    server.renewCertificates();
  }

  public int port() {
    return server.port("main");
  }

  public HttpResponse<String> get(String pathAndQuery, String... headers)
      throws IOException, InterruptedException {
    return send(request(pathAndQuery, headers).GET().build());
  }

  public HttpResponse<byte[]> bytes(String pathAndQuery, String... headers)
      throws IOException, InterruptedException {
    return client.send(request(pathAndQuery, headers).GET().build(), BodyHandlers.ofByteArray());
  }

  /** Posts a form body. */
  public HttpResponse<String> post(String path, String form, String... headers)
      throws IOException, InterruptedException {
    return send(
        request(path, headers)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build());
  }

  public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  public HttpResponse<byte[]> sendForBytes(HttpRequest request)
      throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofByteArray());
  }

  public HttpRequest.Builder request(String pathAndQuery, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + pathAndQuery))
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(Duration.ofSeconds(20));
    return headers.length == 0 ? request : request.headers(headers);
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
