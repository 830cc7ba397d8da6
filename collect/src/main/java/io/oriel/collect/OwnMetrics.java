package io.oriel.collect;

import io.oriel.model.Labels;
import java.util.Set;

/** What is told of a collector's round itself: as Prometheus tells of a scrape, and by name. */
final class OwnMetrics {
  static final Metric UP = Metric.gauge("up", "1 when the last round could read the system.");
  static final Metric DURATION =
      Metric.gauge("scrape_duration_seconds", "How long the last round took.");
  static final Metric SAMPLES =
      Metric.gauge("scrape_samples_scraped", "How many values the last round told.");
  static final Metric KEPT =
      Metric.gauge(
          "scrape_samples_post_metric_relabeling", "How many values of the round were handed on.");
  static final Metric ADDED =
      Metric.gauge(
          "scrape_series_added", "How many series the last round told for the first time.");
  static final Metric SUCCESS =
      Metric.gauge("oriel_collector_success", "1 when the collector's last round went well.");
  static final Metric SECONDS =
      Metric.gauge("oriel_collector_duration_seconds", "How long the collector's last round took.");
  static final Metric MISSING =
      Metric.gauge(
          "oriel_collector_missing", "How many series the system offers no value for, by reason.");

  /** Of a round in a past that is walked through: nobody waited for an answer. */
  static final long NOT_MEASURED = -1;

  private static final Set<Metric> OF_SCRAPE = Set.of(UP, DURATION, SAMPLES, KEPT, ADDED);

  private final Labels collector;

  OwnMetrics(String name) {
    this.collector = Labels.of("collector", name);
  }

  /** What a scrape is told of itself by who scrapes, and so stands on no page. */
  static boolean isOfScrape(Metric metric) {
    return OF_SCRAPE.contains(metric);
  }

  /** Of a round that told nothing. */
  void tellFailed(long nanos, Readings out) {
    out.begin();
    out.tell(SUCCESS, collector, 0);
    out.tell(SECONDS, collector, nanos / 1e9);
  }

  /**
   * @param nanos how long the round took; {@link #NOT_MEASURED} tells no length
   */
  void tell(Readings of, boolean good, long nanos, Readings out) {
    double seconds = nanos / 1e9;
    boolean isMeasured = nanos != NOT_MEASURED;
    out.begin();
    out.tell(UP, good ? 1 : 0);
    if (isMeasured) out.tell(DURATION, seconds);
    out.tell(SAMPLES, of.size());
    out.tell(KEPT, of.size());
    out.tell(ADDED, of.added());
    out.tell(SUCCESS, collector, good ? 1 : 0);
    if (isMeasured) out.tell(SECONDS, collector, seconds);
    of.forEachMissing(
        (metric, reason, count) -> out.tell(MISSING, reason.with("metric", metric.name()), count));
  }
}
