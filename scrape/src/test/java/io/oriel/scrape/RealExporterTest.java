package io.oriel.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Clock;
import io.oriel.model.MetricMetadata;
import io.oriel.model.backend.TargetStatus.Health;
import io.oriel.model.limit.Limits;
import io.oriel.scrape.config.PrometheusFile;
import io.oriel.wire.yaml.Problems;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Debian's own node exporter and Prometheus, scraped for real. Skipped where they are missing. */
@Timeout(60)
class RealExporterTest {
  @TempDir Path folder;
  private final RecordedSink sink = new RecordedSink();

  private static Path installed(String program, String packaged) {
    Path path = Path.of("/usr/bin", program);
    Assumptions.assumeTrue(
        Files.isExecutable(path),
        "skipped, nothing was checked: install Debian's package " + packaged);
    return path;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process start(Path program, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private static void awaitPort(Process process, int port) throws InterruptedException {
    while (process.isAlive()) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException e) {
        Thread.onSpinWait(); // it is still starting; the test's own timeout ends this
      }
    }
    throw new AssertionError("the program ended: port " + port);
  }

  private RecordedSink.Batch scrape(int port, String keys)
      throws IOException, InterruptedException {
    Path file =
        Files.writeString(
            folder.resolve("p.yml"),
            """
            global: {scrape_interval: 1s}
            scrape_configs: [{job_name: real, static_configs: [{targets: ['127.0.0.1:%d']}]%s}]
            """
                .formatted(port, keys));
    var problems = new Problems();
    var setup = PrometheusFile.read(file, Limits.NORMAL, problems, new Problems());
    assertThat(problems.toString()).isEmpty();
    try (var scraping = Scraping.start(setup, sink, Clock.system(), Limits.NORMAL)) {
      sink.take();
      var second = sink.take();
      var status = scraping.targets().getFirst();
      assertThat(status.error()).isEmpty();
      assertThat(status.health()).isEqualTo(Health.UP);
      return second;
    }
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
  }

  @Test
  void the_real_node_exporter_is_scraped() throws Exception {
    Path program = installed("prometheus-node-exporter", "prometheus-node-exporter");
    int port = freePort();
    Process exporter = start(program, "--web.listen-address=127.0.0.1:" + port);
    try {
      awaitPort(exporter, port);

      var batch = scrape(port, "");

      String own = "{instance=\"127.0.0.1:%d\", job=\"real\"}".formatted(port);
      assertThat(batch.of("up" + own)).startsWith("1@");
      assertThat(batch.page()).hasSizeGreaterThan(300).containsKey("node_load1" + own);
      assertThat(batch.page().keySet()).anyMatch(name -> name.startsWith("node_cpu_seconds_total"));
      assertThat(sink.metadata())
          .containsEntry(
              "node_load1", new MetricMetadata(MetricMetadata.Type.GAUGE, "1m load average.", ""));
    } finally {
      stop(exporter);
    }
  }

  @Test
  void debians_prometheus_is_scraped_in_open_metrics() throws Exception {
    Path program = installed("prometheus", "prometheus");
    int port = freePort();
    Path config = Files.writeString(folder.resolve("theirs.yml"), "global: {}\n");
    Process prometheus =
        start(
            program,
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port);
    try {
      awaitPort(prometheus, port);

      var batch = scrape(port, ", scrape_protocols: [OpenMetricsText1.0.0]");

      assertThat(batch.page()).hasSizeGreaterThan(200);
      assertThat(batch.page().keySet())
          .anyMatch(name -> name.startsWith("prometheus_build_info{"))
          .anyMatch(name -> name.contains("le=\"1.0\""));
    } finally {
      stop(prometheus);
    }
  }
}
