package io.oriel.engines.prometheus;

import io.oriel.model.backend.MetricBackend;
import io.oriel.model.backend.MetricBackendContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept by Debian's Prometheus behind the engine. */
class DebianPrometheusTest extends MetricBackendContract {
  @TempDir static Path folder;

  @Override
  protected MetricBackend open() throws Exception {
    String program = RealEngine.program("PROMETHEUS", "prometheus");
    int port = RealEngine.freePort();
    Path config = Files.writeString(folder.resolve("prometheus.yml"), "scrape_configs: []\n");
    return RealEngine.start(
        port,
        folder,
        "/-/ready",
        List.of(
            program,
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.enable-remote-write-receiver",
            "--web.listen-address=127.0.0.1:" + port));
  }
}
