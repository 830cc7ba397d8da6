package io.oriel.engines.prometheus;

import io.oriel.model.Clock;
import io.oriel.model.backend.MetricBackend;
import io.oriel.model.backend.MetricQueries;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.limit.Limits;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.queue.QueueBounds;
import io.oriel.storage.wal.SyncPolicy;
import io.oriel.wire.http.HttpSettings;
import io.oriel.wire.remotewrite.WriteVersion;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** Somebody else's server on loopback, with Oriel's engine before it. */
final class RealEngine implements MetricBackend {
  private static final long PAUSE_NANOS = 20_000_000;

  private final Process process;
  private final PrometheusEngine engine;

  private RealEngine(Process process, PrometheusEngine engine) {
    this.process = process;
    this.engine = engine;
  }

  /**
   * A program by its path in the environment, or where a package puts it; else the test is skipped.
   */
  static String program(String variable, String name) {
    @Nullable String named = System.getenv(variable);
    for (String path : new String[] {named == null ? "" : named, "/usr/bin/" + name}) {
      if (!path.isEmpty() && Files.isExecutable(Path.of(path))) return path;
    }
    throw new TestAbortedException(
        "skipped, nothing was checked: %s is not installed (set %s to its path)"
            .formatted(name, variable));
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static RealEngine start(int port, Path folder, String ready, List<String> command)
      throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("engine.log").toFile())
            .start();
    awaitAnswer(process, URI.create("http://127.0.0.1:" + port + ready));
    URI url = URI.create("http://127.0.0.1:" + port);
    var config =
        new EngineConfig(
            url, url.resolve("/api/v1/write"), HttpSettings.NORMAL, Map.of(), WriteVersion.V1);
    var ground =
        new RemoteWriteOut.Ground(
            Disk.real(),
            folder.resolve("queue"),
            new QueueBounds(64 << 20, Duration.ZERO, QueueBounds.WhenFull.REFUSE),
            SyncPolicy.DEFAULT,
            Limits.NORMAL,
            Clock.system(),
            new Random(1),
            "Oriel/test");
    return new RealEngine(process, PrometheusEngine.start(config, ground));
  }

  private static void awaitAnswer(Process process, URI ready) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < end) {
      if (!process.isAlive()) throw new IOException("it ended: see engine.log");
      try {
        var connection = (HttpURLConnection) ready.toURL().openConnection();
        if (connection.getResponseCode() == 200) return;
      } catch (IOException _) {
        LockSupport.parkNanos(PAUSE_NANOS); // not yet
      }
    }
    process.destroyForcibly();
    throw new IOException("no answer at " + ready);
  }

  @Override
  public MetricSink sink() {
    return engine.sink();
  }

  @Override
  public MetricSource source() {
    return engine.source();
  }

  @Override
  public MetricQueries queries() {
    return engine.queries();
  }

  OutStats stats() {
    return engine.stats();
  }

  @Override
  public void close() {
    engine.close();
    process.destroy();
    process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }
}
