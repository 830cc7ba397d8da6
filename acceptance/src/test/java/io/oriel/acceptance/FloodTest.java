package io.oriel.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that ask for much and read nothing, connect and say nothing, send and never end: Oriel's
 * memory stays bounded, and who asks for little is answered meanwhile.
 */
@Timeout(180)
class FloodTest {
  private static final long MB = 1 << 20;

  @TempDir Path folder;

  /** Every series of this machine at 2,000 steps: some 30 MB in memory, 50 MB as text. */
  private static String large() {
    long now = System.currentTimeMillis() / 1000;
    String query = URLEncoder.encode("{__name__=~\".+\"} @ " + now, UTF_8);
    return "/api/v1/query_range?step=1&start=%d&end=%d&query=%s".formatted(now - 2_000, now, query);
  }

  private static Socket connected(OrielProcess oriel) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), oriel.port));
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  private static void closeAll(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) socket.close();
  }

  private static double sum(OrielProcess oriel, String metric) throws Exception {
    return oriel
        .get("/metrics")
        .lines()
        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static void awaitSeries(OrielProcess oriel) throws Exception {
    Await.until(
        "series of this machine", Duration.ofSeconds(60), () -> sum(oriel, "oriel_series") > 300);
  }

  private void unread(OrielProcess oriel, int clients, long mostGrowth) throws Exception {
    awaitSeries(oriel);
    double before = sum(oriel, "oriel_queries_total");
    long resident = oriel.residentBytes();
    var sockets = new ArrayList<Socket>();
    try {
      for (int i = 0; i < clients; i++) {
        Socket socket = connected(oriel);
        sockets.add(socket);
        send(socket, "GET " + large() + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      }
      Await.until(
          "every client's query was computed or refused",
          Duration.ofSeconds(90),
          () -> {
            assertThat(oriel.get("/-/ready")).isNotBlank();
            oriel.get("/api/v1/query?query=up");
            return sum(oriel, "oriel_queries_total") - before >= clients;
          });

      say(clients + " unread answers", resident, oriel);
      assertThat(oriel.residentBytes() - resident).isLessThan(mostGrowth);
      assertThat(oriel.get("/api/v1/query?query=up")).contains("\"success\"");
    } finally {
      closeAll(sockets);
    }
    Await.until(
        "what they held is free",
        Duration.ofSeconds(30),
        () -> sum(oriel, "oriel_answers_held_bytes") == 0);
    assertThat(oriel.get("/api/v1/query?query=up")).contains("\"success\"");
  }

  /** A line for who runs the tests: figures are worth more than "less than". */
  private static void say(String what, long before, OrielProcess oriel) throws IOException {
    System.getLogger(FloodTest.class.getName())
        .log(
            System.Logger.Level.INFO,
            "%s resident=%dMB then=%dMB".formatted(what, before / MB, oriel.residentBytes() / MB));
  }

  @Test
  void thirty_clients_that_never_read_do_not_fill_the_memory() throws Exception {
    try (var oriel = OrielProcess.up(folder)) {
      unread(oriel, 30, 1000 * MB);
    }
  }

  @Test
  void sixty_clients_that_never_read_do_not_end_a_small_process() throws Exception {
    try (var oriel = OrielProcess.upWith(List.of("-Xmx400m"), folder)) {
      unread(oriel, 60, 450 * MB);

      assertThat(oriel.isAlive()).isTrue();
      assertThat(oriel.output()).doesNotContain("OutOfMemoryError");
    }
  }

  @Test
  void five_thousand_connections_that_say_nothing_cost_little_and_keep_nobody_out()
      throws Exception {
    try (var oriel = OrielProcess.up(folder, "--no-collectors")) {
      oriel.get("/api/v1/query?query=1");
      long resident = oriel.residentBytes();
      var sockets = new ArrayList<Socket>();
      try {
        for (int i = 0; i < 5_000; i++) {
          sockets.add(connected(oriel));
          if (i % 2 == 0) send(sockets.getLast(), "GET /api/v1/query?que"); // and no more
        }

        assertThat(oriel.get("/api/v1/query?query=1")).contains("\"success\"");
        assertThat(oriel.get("/-/ready")).isNotBlank();
        say("5000 idle connections", resident, oriel);
        assertThat(oriel.residentBytes() - resident).isLessThan(300 * MB);
      } finally {
        closeAll(sockets);
      }
    }
  }

  private static List<String> hostileTexts() {
    int length = 1_000_000;
    return List.of(
        "(".repeat(length),
        "-".repeat(length),
        "1" + "+1".repeat(length / 2 - 1),
        "1" + "^1".repeat(length / 2 - 1),
        "x" + " or x".repeat(length / 5 - 1),
        "x" + "[1m:]".repeat(length / 5 - 1),
        "sum by (" + "a,".repeat(length / 2 - 20) + "a) (x)",
        "x{" + "a=~\"b.*\",".repeat(length / 11) + "}",
        "x{a=~\"(?i:" + "k".repeat(length / 5) + ")\"}",
        "x{a=~\"((a{1000}){1000}){1000}\"}",
        "rate(x[" + "9".repeat(length) + "m])");
  }

  @Test
  void hostile_texts_are_refused_by_every_endpoint_and_cost_little() throws Exception {
    List<String> endpoints =
        List.of("query", "query_range", "format_query", "parse_query", "series", "labels");
    try (var oriel = OrielProcess.upWith(List.of("-Xmx512m"), folder, "--no-collectors");
        var clients = Executors.newFixedThreadPool(8)) {
      var answers = new ArrayList<Future<HttpResponse<String>>>();
      for (String endpoint : endpoints) {
        for (String text : hostileTexts()) {
          answers.add(clients.submit(() -> ask(oriel, endpoint, text)));
        }
      }

      for (Future<HttpResponse<String>> each : answers) {
        HttpResponse<String> answer = each.get();
        assertThat(answer.statusCode()).as(answer.uri() + shortened(answer)).isIn(400, 422);
      }
      assertThat(oriel.output()).doesNotContain("defect").doesNotContain("OutOfMemoryError");
      assertThat(oriel.get("/api/v1/query?query=1")).contains("\"success\"");
    }
  }

  private static String shortened(HttpResponse<String> answer) {
    return ": " + answer.body().substring(0, Math.min(200, answer.body().length()));
  }

  private static HttpResponse<String> ask(OrielProcess oriel, String endpoint, String text)
      throws Exception {
    String form =
        "start=0&end=60&step=1&%s=%s"
            .formatted(
                endpoint.startsWith("query") || endpoint.endsWith("query") ? "query" : "match[]",
                URLEncoder.encode(text, UTF_8));
    var request =
        HttpRequest.newBuilder(URI.create(oriel.url() + "/api/v1/" + endpoint))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    return oriel.http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
