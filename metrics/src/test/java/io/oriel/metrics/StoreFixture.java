package io.oriel.metrics;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.testing.ManualClock;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store in a folder of its own, with a clock that is moved by hand and a writer. */
abstract class StoreFixture {
  static final long T0 = 1_700_000_000_000L / 7_200_000 * 7_200_000;
  static final Labels UP = Labels.of("__name__", "up", "job", "node");
  static final Labels DOWN = Labels.of("__name__", "down", "job", "node");

  @TempDir Path folder;
  final ManualClock clock = new ManualClock(T0);
  MetricStoreConfig config;
  MetricStore store;
  MetricWriter writer;

  @BeforeEach
  void openStore() {
    config = MetricStoreConfig.in(folder).withFreeBytes(0);
    open();
  }

  @AfterEach
  void closeStore() {
    writer.close();
    store.close();
  }

  final void open() {
    store = MetricStore.open(config, clock);
    writer = store.sink().writer();
  }

  void restart() {
    closeStore();
    open();
  }

  Receipt append(Labels labels, long timeMs, double value) {
    writer.sample(writer.series(labels), timeMs, value);
    return writer.commit();
  }

  String values(Labels labels) {
    List<Matcher> matchers = List.of(Matcher.equal("__name__", labels.metricName()));
    try (var selected = store.source().select(matchers, TimeRange.ALWAYS)) {
      var text = new StringBuilder();
      var columns = new SampleColumns();
      for (int series = 0; series < selected.count(); series++) {
        columns.clear();
        selected.read(series, columns);
        for (int i = 0; i < columns.size; i++) {
          text.append(columns.times[i] - T0).append("=").append(columns.values[i]).append(" ");
        }
      }
      return text.toString().strip();
    }
  }

  /** Housekeeping runs in a thread of its own: looks again and again, for as long as it takes. */
  void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      clock.awaitSleepers(1);
      clock.advance(5_000);
    }
  }
}
