package io.oriel.cli;

import io.oriel.model.Clock;
import io.oriel.server.Agent;
import io.oriel.server.Oriel;
import io.oriel.server.config.AgentPage;
import io.oriel.server.config.Flags;
import io.oriel.server.config.OrielConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code oriel train}: two short lives of the whole program on a folder of its own, so that the
 * ahead-of-time cache knows what a start, the first page and the first queries need. The build runs
 * it.
 */
@Command(name = "train", hidden = true, description = "Runs every main path once, and ends.")
final class Train implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Pattern FILE = Pattern.compile("(?:src|href)=\"\\./([^\"]+)\"");
  private static final List<String> PAGES =
      List.of(
          "/",
          "/-/ready",
          "/metrics",
          "/api/v1/oriel/about",
          "/api/v1/oriel/self",
          "/api/v1/oriel/targets",
          "/api/v1/oriel/dashboards",
          "/api/v1/oriel/functions",
          "/api/v1/targets",
          "/api/v1/metadata",
          "/api/v1/labels",
          "/api/v1/label/__name__/values",
          "/api/v1/status/buildinfo",
          "/api/v1/status/tsdb");
  private static final List<String> QUERIES =
      List.of(
          "up",
          "sum by (mode) (rate(node_cpu_seconds_total[1m]))",
          "1 - avg(rate(node_cpu_seconds_total{mode=\"idle\"}[5m]))",
          "node_memory_MemTotal_bytes - node_memory_MemAvailable_bytes",
          "topk(5, node_filesystem_avail_bytes{fstype!~\"tmpfs|ramfs\"})",
          "histogram_quantile(0.9, sum by (le) (rate(oriel_http_request_seconds_bucket[5m])))",
          "max_over_time(node_load1[5m])");

  private static final List<String> LABEL_CALLS =
      List.of(
          "/api/v1/label/host/values?",
          "/api/v1/label/id/values?match%5B%5D=" + encoded("train_memory_bytes{skip!=\"ROUND\"}"),
          "/api/v1/label/__name__/values?match%5B%5D=" + encoded("{host=\"h1\",skip!=\"ROUND\"}"),
          "/api/v1/labels?match%5B%5D=" + encoded("{job=\"train\",skip!=\"ROUND\"}"),
          "/api/v1/series?match%5B%5D="
              + encoded("{__name__=~\"train_.*s\",host=~\"h[12]\",skip!=\"ROUND\"}"));
  private static final Duration PRACTICE = Duration.ofSeconds(12);
  private static final int ROUNDS = 30; // on a busy machine too, so that all of it is hot,
  private static final Duration LONGEST_PRACTICE = Duration.ofSeconds(40); // but not for ever
  private static final Pattern SNAPSHOT = Pattern.compile("\"name\":\"([^\"]+)\"");

  private final HttpClient client = HttpClient.newHttpClient();

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("oriel-train");
    Path scrapes = Files.writeString(folder.resolve("prometheus.yml"), "scrape_configs: []\n");
    Path data = folder.resolve("data");
    try (client) {
      String snapshot = firstLife(data, scrapes);
      secondLife(data.resolve("snapshots").resolve(snapshot), scrapes);
      asAgent(folder.resolve("agent"), scrapes);
    } finally {
      delete(folder);
    }
    return Main.DONE;
  }

  /**
   * A start, a first page, and a history that is pushed; gives the name of a snapshot of it all.
   */
  private String firstLife(Path data, Path scrapes) throws IOException, InterruptedException {
    try (var oriel = Oriel.start(() -> config(data, scrapes), Clock.system())) {
      Files.writeString(scrapes, scrapeOf(oriel));
      send(request(oriel, "/-/reload").POST(BodyPublishers.noBody()).build());
      awaitScrape(oriel);
      for (String page : PAGES) get(oriel, page);
      for (String query : QUERIES) ask(oriel, query);
      files(oriel);
      long newest = System.currentTimeMillis() - Practice.IN_HEAD.toMillis();
      for (byte[] body : Practice.history(newest - Practice.LENGTH.toMillis(), newest)) {
        push(oriel, body);
      }
      String made =
          send(request(oriel, "/api/v1/admin/tsdb/snapshot").POST(BodyPublishers.noBody()).build());
      Matcher name = SNAPSHOT.matcher(made);
      if (!name.find()) throw new IllegalStateException("no snapshot to practise on: " + made);
      return name.group(1);
    }
  }

  /**
   * The same questions over blocks and a head, again and again: the cache keeps which code is hot
   * and how it branches, so that the next start compiles it early and well.
   */
  private void secondLife(Path snapshot, Path scrapes) throws IOException, InterruptedException {
    Files.writeString(scrapes, "scrape_configs: []\n"); // the first life's port is gone
    try (var oriel = Oriel.start(() -> config(snapshot, scrapes), Clock.system())) {
      long end = System.currentTimeMillis();
      for (byte[] body : Practice.history(end - Practice.IN_HEAD.toMillis(), end)) {
        push(oriel, body);
      }
      long begun = System.nanoTime();
      for (int round = 0; goesOn(System.nanoTime() - begun, round); round++) {
        long now = System.currentTimeMillis() / 1000 - round % 600;
        for (String query : Practice.QUERIES) practise(oriel, query, now, round);
        for (String call : LABEL_CALLS) {
          String asked = call.replace("ROUND", "" + round / 2);
          String path = "%s&start=%d&end=%d".formatted(asked, now - 21_600, now);
          if (round % 2 == 0) get(oriel, path);
          else getAlone(oriel, path);
        }
      }
    }
  }

  /** A start as an agent, scraped in both formats. */
  private void asAgent(Path data, Path scrapes) throws IOException, InterruptedException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var ports = new EnumMap<AgentPage, Integer>(AgentPage.class);
    for (AgentPage page : AgentPage.values()) ports.put(page, page == AgentPage.NODE ? port : 0);
    try (var _ =
        Agent.start(
            () -> config(data, scrapes), agent -> agent.with(ports, List.of()), Clock.system())) {
      for (String accept : List.of("*/*", "application/openmetrics-text")) {
        URI page = URI.create("http://127.0.0.1:" + port + "/metrics");
        send(HttpRequest.newBuilder(page).timeout(PATIENCE).header("Accept", accept).build());
      }
    }
  }

  private static boolean goesOn(long nanos, int round) {
    return nanos < PRACTICE.toNanos() || (round < ROUNDS && nanos < LONGEST_PRACTICE.toNanos());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** By turns over hours and over a day, as panels ask. */
  private void practise(Oriel oriel, String query, long now, int round)
      throws IOException, InterruptedException {
    String encoded = encoded(round % 2 == 0 ? query : Practice.anew(query, round));
    boolean day = round % 3 == 2;
    get(
        oriel,
        "/api/v1/query_range?step=%d&start=%d&end=%d&query=%s"
            .formatted(day ? 300 : 15, now - (day ? 72_000 : 3_600), now, encoded));
    getAlone(oriel, "/api/v1/query?query=%s&time=%d".formatted(encoded, now));
  }

  /** On a connection of its own and not packed, as scripts, probes and scrapes ask. */
  private static void getAlone(Oriel oriel, String path) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), oriel.port())) {
      String request =
          "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n"
              .formatted(path, oriel.port());
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }

  private void push(Oriel oriel, byte[] body) throws IOException, InterruptedException {
    send(
        request(oriel, "/api/v1/write")
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "snappy")
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  private static OrielConfig config(Path data, Path scrapes) {
    var flags =
        new Flags(
            Optional.empty(),
            Optional.of(data),
            Optional.of(0),
            Optional.empty(),
            Optional.empty(),
            Optional.of(scrapes),
            Optional.empty(),
            Optional.empty(),
            true,
            false,
            List.of(),
            Optional.empty());
    return OrielConfig.load(flags, System::getenv);
  }

  /** Oriel scrapes itself: the whole path of a sample, without another program. */
  private static String scrapeOf(Oriel oriel) {
    return """
    scrape_configs:
      - job_name: train
        scrape_interval: 1s
        scrape_timeout: 1s
        static_configs: [{targets: ["127.0.0.1:%d"]}]
    """
        .formatted(oriel.port());
  }

  private void awaitScrape(Oriel oriel) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (ask(oriel, "up{job=\"train\"%%7D == 1").contains("train")) return;
      Thread.sleep(Duration.ofMillis(100));
    }
  }

  /** The files that the first page loads. */
  private void files(Oriel oriel) throws IOException, InterruptedException {
    Matcher files = FILE.matcher(get(oriel, "/"));
    while (files.find()) get(oriel, "/" + files.group(1));
  }

  private String ask(Oriel oriel, String query) throws IOException, InterruptedException {
    String encoded = encoded(query);
    long now = System.currentTimeMillis() / 1000;
    get(
        oriel,
        "/api/v1/query_range?step=15&start=%d&end=%d&query=%s".formatted(now - 300, now, encoded));
    return get(oriel, "/api/v1/query?query=" + encoded);
  }

  private String get(Oriel oriel, String path) throws IOException, InterruptedException {
    return send(request(oriel, path).header("Accept-Encoding", "gzip").GET().build());
  }

  private static HttpRequest.Builder request(Oriel oriel, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + oriel.port() + path))
        .version(HttpClient.Version.HTTP_1_1)
        .timeout(PATIENCE);
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    return answer.body();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(file -> {
            try {
              Files.delete(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
