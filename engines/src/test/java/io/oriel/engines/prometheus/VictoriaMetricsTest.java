package io.oriel.engines.prometheus;

import io.oriel.model.backend.MetricBackend;
import io.oriel.model.backend.MetricBackendContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept by VictoriaMetrics behind the engine; skipped where it is not installed. */
class VictoriaMetricsTest extends MetricBackendContract {
  @TempDir static Path folder;

  @Override
  protected MetricBackend open() throws Exception {
    String program = RealEngine.program("VICTORIA_METRICS", "victoria-metrics");
    int port = RealEngine.freePort();
    return RealEngine.start(
        port,
        folder,
        "/health",
        List.of(
            program,
            "-storageDataPath=" + folder.resolve("data"),
            "-retentionPeriod=1",
            "-memory.allowedBytes=64MB",
            "-httpListenAddr=127.0.0.1:" + port));
  }
}
