package io.oriel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kill -9 while samples come in, again and again on one data folder: what was taken in over a
 * second before is there, and nothing is there that was never sent.
 */
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("oriel.crash.rounds", 6);
  private static final long ACKNOWLEDGED_MS = 1000;

  /** How many pages the target has told: each page's one sample counts one up. */
  private final AtomicLong pages = new AtomicLong();

  @TempDir Path folder;

  @Test
  void what_was_taken_in_over_a_second_before_survives_kill_9() throws Exception {
    long seed = Long.getLong("oriel.seed", System.nanoTime());
    var random = new Random(seed);
    HttpServer target = countingTarget();
    Path config = scrapeConfig(target.getAddress().getPort());

    try {
      Set<Long> surely = new HashSet<>();
      for (int round = 0; round < ROUNDS; round++) {
        try (var oriel = start(config)) {
          long before = pages.get();
          Await.until("scrapes go on", Duration.ofSeconds(20), () -> pages.get() >= before + 5);
          surely.addAll(samples(oriel)); // what an answer has shown was taken in
          TimeUnit.MILLISECONDS.sleep(ACKNOWLEDGED_MS + random.nextInt(1500)); // chance kills
          oriel.kill();
        }

        try (var oriel = start(config)) {
          Set<Long> found = samples(oriel);
          assertThat(found).as("seed %s, round %s", seed, round).containsAll(surely);
          assertThat(found)
              .as("seed %s, round %s", seed, round)
              .allMatch(page -> page >= 1 && page <= pages.get());
        }
      }
    } finally {
      target.stop(0);
    }
  }

  private OrielProcess start(Path config) throws Exception {
    return OrielProcess.up(folder, "--no-collectors", "--prometheus-config", config.toString());
  }

  private static Set<Long> samples(OrielProcess oriel) throws Exception {
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
