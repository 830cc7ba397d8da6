package io.oriel.scrape.config;

import io.oriel.wire.exposition.ExpositionFormat;
import io.oriel.wire.http.HttpSettings;
import io.oriel.wire.relabel.Relabeling;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for all targets of a job. Two that are equal scrape the same way, so a target
 * whose settings did not change goes on undisturbed when the configuration is read again.
 *
 * @param accept the {@code Accept} header, from {@code scrape_protocols}
 * @param fallback how a page is read whose content type says nothing; null = not at all
 * @param trackTimestampsStaleness whether series with times of their own are marked stale too
 */
public record ScrapeSettings(
    boolean honorLabels,
    boolean honorTimestamps,
    boolean trackTimestampsStaleness,
    String accept,
    @Nullable ExpositionFormat fallback,
    HistogramSettings histograms,
    SampleLimits limits,
    HttpSettings http,
    Relabeling metricRelabeling) {

  /** OpenMetrics first, as Prometheus asks, less what is not read here. */
  public static final String ACCEPT =
      "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;"
          + "q=0.4,text/plain;version=1.0.0;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1";

  /** Protocol buffers before those: native histograms are told in no other way. */
  public static final String ACCEPT_NATIVE =
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;"
          + "q=0.6,"
          + ACCEPT;

  public static final ScrapeSettings NORMAL =
      new ScrapeSettings(
          false,
          true,
          false,
          ACCEPT,
          null,
          HistogramSettings.CLASSIC,
          SampleLimits.NONE,
          HttpSettings.NORMAL,
          Relabeling.NONE);
}
