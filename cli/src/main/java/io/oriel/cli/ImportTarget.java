package io.oriel.cli;

import io.oriel.cli.backfill.Imported;
import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.model.Clock;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The store that samples are imported into; it is made where there is none. */
final class ImportTarget {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The data folder, as for oriel up (default: data).")
  private Path data;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(
      names = "--retention",
      paramLabel = "TIME",
      defaultValue = "15d",
      converter = DurationValue.class,
      description =
          "How long oriel up keeps samples: older ones are left out and counted, since it would drop"
              + " them (default: 15d).")
  private Duration retention;

  MetricStore open() {
    return MetricStore.open(
        MetricStoreConfig.in(data).withRetention(retention).withLimits(StoreFolder.limits()),
        Clock.system());
  }

  Path folder() {
    return data;
  }

  void sayRefused(Imported imported, PrintWriter err) {
    if (imported.refused() == 0) return;
    err.println(
        "left out: %s samples, older than the retention of %d days or ahead of the clock; --retention TIME takes more"
            .formatted(Figures.count(imported.refused()), retention.toDays()));
  }
}
