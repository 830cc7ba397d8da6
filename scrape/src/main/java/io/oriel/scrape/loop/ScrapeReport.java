package io.oriel.scrape.loop;

import io.oriel.model.Labels;
import io.oriel.model.Stale;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.limit.Refusal;
import io.oriel.scrape.discover.Target;

/** The series that tell of the scrape itself; their names are Prometheus'. */
final class ScrapeReport {
  private static final String[] NAMES = {
    "up",
    "scrape_duration_seconds",
    "scrape_samples_scraped",
    "scrape_samples_post_metric_relabeling",
    "scrape_series_added"
  };
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final MetricWriter writer;
  private final Labels[] labels = new Labels[NAMES.length];
  private final long[] handles = new long[NAMES.length];

  ScrapeReport(Target target, MetricWriter writer) {
    this.writer = writer;
    for (int i = 0; i < NAMES.length; i++) {
      labels[i] = target.labels().with(Labels.NAME, NAMES[i]);
      handles[i] = UNKNOWN;
    }
  }

  void write(long timeMs, boolean up, long tookNanos, PageReader page) {
    write(0, timeMs, up ? 1 : 0);
    write(1, timeMs, tookNanos / 1e9);
    write(2, timeMs, page.scraped());
    write(3, timeMs, page.kept());
    write(4, timeMs, page.added());
  }

  void end(long timeMs) {
    for (int i = 0; i < NAMES.length; i++) write(i, timeMs, Stale.MARKER);
  }

  private void write(int i, long timeMs, double value) {
    try {
      if (handles[i] == UNKNOWN) handles[i] = writer.series(labels[i]);
      writer.sample(handles[i], timeMs, value);
    } catch (Refusal e) {
      // the store is full: the next scrape asks again, and the loop's log tells of it
    }
  }
}
