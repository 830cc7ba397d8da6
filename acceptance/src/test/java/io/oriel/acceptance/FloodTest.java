package io.oriel.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private static String large(OrielProcess oriel) {
    long now = System.currentTimeMillis() / 1000;
    String query = URLEncoder.encode("{__name__=~\".+\"} @ " + now, UTF_8);
    return "/api/v1/query_range?step=1&start=%d&end=%d&query=%s"
        .formatted(now - 2_000, now, query);
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
        "series of this machine",
        Duration.ofSeconds(60),
        () -> oriel.get("/api/v1/query?query=up").contains("value"));
  }

  private void unread(OrielProcess oriel, int clients, long mostGrowth) throws Exception {
    awaitSeries(oriel);
    double before = sum(oriel, "oriel_queries_total");
    long resident = oriel.residentBytes(); System.out.println("FLOOD series " + oriel.get("/metrics").lines().filter(l -> l.contains("series")).toList());
    var sockets = new ArrayList<Socket>();
    try {
      for (int i = 0; i < clients; i++) {
        Socket socket = connected(oriel);
        sockets.add(socket);
        send(socket, "GET " + large(oriel) + " HTTP/1.1\r\nHost: x\r\n\r\n");
      }
      Await.until(
          "every client's query was computed or refused",
          Duration.ofSeconds(90),
          () -> {
            assertThat(oriel.get("/-/ready")).isNotBlank();
            oriel.get("/api/v1/query?query=up");
            return sum(oriel, "oriel_queries_total") - before >= clients;
          });

      System.out.println("FLOOD held=" + sum(oriel, "oriel_answers_held_bytes") / MB + " rss " + resident / MB + " -> " + oriel.residentBytes() / MB + " " + oriel.get("/metrics").lines().filter(l -> l.startsWith("oriel_queries_total")).toList());
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
}
