/**
 * Scraping: targets are found, asked on time, read, relabelled, and handed to a {@link
 * io.oriel.model.backend.MetricSink}. A scrape that fails is data too: {@code up} is 0.
 *
 * <p>Come in by {@link io.oriel.scrape.Scraping}; what it scrapes is read from {@code
 * prometheus.yml} by {@link io.oriel.scrape.config.PrometheusFile}.
 *
 * <pre>
 *   config/ -> ScrapeSetup -> discover/ -> Target -> loop/ (http/ asks, wire reads) -> MetricSink
 * </pre>
 */
@NullMarked
package io.oriel.scrape;

import org.jspecify.annotations.NullMarked;
