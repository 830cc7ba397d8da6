package io.oriel.bench;

import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a sample of a known series costs on its way in: rows, log record, write, open chunk. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class MetricAppendBench {
  private static final int SERIES = 1000; // one scrape

  @Param({"constant", "counter", "gauge"})
  public String values = "gauge";

  private Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init") // by open()
  private MetricStore store;

  @SuppressWarnings("NullAway.Init")
  private MetricWriter writer;

  private final long[] handles = new long[SERIES];
  private final double[] gauges = new double[1 << 12]; // made beforehand: chance costs time too
  private long timeMs;
  private int scrape;

  @Setup(Level.Trial)
  public void open() throws IOException {
    folder = Files.createTempDirectory("oriel-bench-");
    var config = MetricStoreConfig.in(folder).withRetention(Duration.ofDays(20 * 365));
    store = MetricStore.open(config, Clock.system());
    writer = store.sink().writer();
    for (int i = 0; i < SERIES; i++) {
      handles[i] = writer.series(Labels.of("__name__", "bench", "job", "node", "i", "" + i));
    }
    var random = new java.util.Random(1);
    double at = 50;
    for (int i = 0; i < gauges.length; i++) {
      at += random.nextGaussian() * 0.4;
      gauges[i] = Math.round(at * 100) / 100.0;
    }
    timeMs = System.currentTimeMillis() - TimeUnit.DAYS.toMillis(3650); // room to the present
  }

  @Benchmark
  @OperationsPerInvocation(SERIES)
  public Receipt append() {
    timeMs += 15_000;
    scrape++;
    for (int i = 0; i < SERIES; i++) writer.sample(handles[i], timeMs, value(i));
    Receipt receipt = writer.commit();
    if (receipt.kept() != SERIES) throw new IllegalStateException("refused: " + receipt);
    return receipt;
  }

  private double value(int i) {
    return switch (values) {
      case "constant" -> 1;
      case "counter" -> scrape * 150.0 + i % 7 * (scrape & 3);
      default -> gauges[(scrape + i * 7) & (gauges.length - 1)];
    };
  }

  @TearDown(Level.Trial)
  public void close() throws IOException {
    writer.close();
    store.close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
