package io.oriel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kill -9 while several writers push floats and native histograms, while a target is scraped and
 * snapshots are taken, again and again on one data folder: what was acknowledged is there, and
 * nothing is there that was not sent. Cuts, merges and damaged files: {@code KilledStoreTest} of
 * the store, whose clock goes faster.
 */
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("oriel.crash.rounds", 20);
  private static final Duration MOST =
      Duration.ofSeconds(Integer.getInteger("oriel.crash.seconds", 90));
  private static final int WRITERS = 3;

  /** How many pages the target has told: each page's one sample counts one up. */
  private final AtomicLong pages = new AtomicLong();

  private final AtomicInteger snapshots = new AtomicInteger();
  private final List<CrashWriter> writers = new ArrayList<>();
  private final Set<Long> surely = new HashSet<>(); // pages that an answer has shown
  @TempDir Path folder;
  private int rounds;

  @Test
  @Timeout(1200)
  void what_was_acknowledged_survives_kill_9() throws Exception {
    long seed = Long.getLong("oriel.seed", System.nanoTime());
    var random = new Random(seed);
    HttpServer target = countingTarget();
    String config = scrapeConfig(target.getAddress().getPort()).toString();
    for (int i = 0; i < WRITERS; i++) writers.add(new CrashWriter(i));
    long end = System.nanoTime() + MOST.toNanos();

    try {
      while (rounds < ROUNDS && System.nanoTime() < end) {
        try (var oriel = start(config, random)) {
          check(oriel, "seed %d round %d".formatted(seed, rounds));
          live(oriel, random);
          rounds++;
        }
      }
      try (var oriel = start(config, random)) {
        check(oriel, "seed %d after round %d".formatted(seed, rounds));
      }
    } finally {
      target.stop(0);
      long kept = writers.stream().mapToLong(writer -> 2L * writer.kept().size()).sum();
      System.out.printf(
          "crash rounds: oriel seed=%d rounds=%d acknowledged_samples=%d scraped_pages=%d snapshots=%d%n",
          seed, rounds, kept, pages.get(), snapshots.get());
    }
  }

  private OrielProcess start(String config, Random random) throws Exception {
    String sync = random.nextBoolean() ? "always" : "interval";
    Path own = folder.resolve("oriel.yaml");
    Files.writeString(own, "storage: {sync: %s}\n".formatted(sync));
    return OrielProcess.up(
        folder,
        "--no-collectors",
        "--enable-admin-api",
        "--config",
        own.toString(),
        "--prometheus-config",
        config);
  }

  /** Everybody at once, until the kill. */
  private void live(OrielProcess oriel, Random random) throws Exception {
    var threads = new ArrayList<Thread>();
    for (var writer : writers) threads.add(Thread.ofVirtual().start(() -> writer.write(oriel)));
    boolean copied = random.nextBoolean();
    if (copied) threads.add(Thread.ofVirtual().start(() -> takeSnapshots(oriel)));
    TimeUnit.MILLISECONDS.sleep(20 + random.nextInt(2000)); // chance kills
    oriel.kill();
    for (Thread thread : threads) thread.join();
  }

  private void takeSnapshots(OrielProcess oriel) {
    var address = URI.create(oriel.url() + "/api/v1/admin/tsdb/snapshot");
    var request = HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.noBody()).build();
    try {
      while (oriel.http.send(request, BodyHandlers.ofString()).statusCode() == 200) {
        snapshots.incrementAndGet();
      }
    } catch (IOException _) { // killed
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void check(OrielProcess oriel, String where) throws Exception {
    for (var writer : writers) {
      String of = "{writer=\"%s\"}[1h]".formatted(writer.name());
      compare(writer, samples(oriel, "crash_float" + of), where + " floats");
      compare(writer, samples(oriel, "crash_histogram" + of), where + " histograms");
    }
    Set<Long> found = pages(oriel);
    assertThat(found).as(where).containsAll(surely);
    assertThat(found).as(where).allMatch(page -> page >= 1 && page <= pages.get());
    surely.addAll(found);
  }

  private static void compare(CrashWriter writer, Map<Long, Long> found, String where) {
    assertThat(found).as("%s of %s", where, writer.name()).containsAllEntriesOf(writer.kept());
    assertThat(writer.sent()).as("%s of %s", where, writer.name()).containsAllEntriesOf(found);
  }

  /** What each sample counts, by its time; fails where a time comes twice. */
  private static Map<Long, Long> samples(OrielProcess oriel, String promql) throws Exception {
    var found = new TreeMap<Long, Long>();
    for (JsonNode row : Json.query(oriel, promql)) {
      row.path("values").forEach(pair -> put(found, pair, pair.get(1)));
      for (JsonNode pair : row.path("histograms")) {
        put(found, pair, pair.get(1).get("count"));
        double sum = pair.get(1).get("sum").asDouble();
        assertThat(sum).isEqualTo(1.5 * pair.get(1).get("count").asLong());
      }
    }
    return found;
  }

  private static void put(Map<Long, Long> found, JsonNode pair, JsonNode count) {
    long time = Math.round(1000 * pair.get(0).asDouble());
    assertThat(found.put(time, Long.parseLong(count.asText()))).as("twice: %s", pair).isNull();
  }

  private static Set<Long> pages(OrielProcess oriel) throws Exception {
    var found = new HashSet<Long>();
    for (var row : Json.query(oriel, "crash_probe_total[1h]")) {
      row.get("values").forEach(pair -> found.add(Long.parseLong(pair.get(1).asText())));
    }
    return found;
  }

  private HttpServer countingTarget() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.createContext(
        "/metrics",
        exchange -> {
          long page = pages.incrementAndGet();
          byte[] body =
              "# TYPE crash_probe_total counter\ncrash_probe_total %d\n"
                  .formatted(page)
                  .getBytes(StandardCharsets.US_ASCII);
          exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
    return server;
  }

  private Path scrapeConfig(int port) throws IOException {
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global:
          scrape_interval: 200ms
          scrape_timeout: 200ms
        scrape_configs:
          - job_name: crash
            static_configs: [{targets: ["127.0.0.1:%d"]}]
        """
            .formatted(port));
    return config;
  }
}
