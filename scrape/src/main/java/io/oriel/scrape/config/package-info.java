/**
 * What is to be scraped, read from {@code prometheus.yml}: jobs, where their targets come from, how
 * they are asked.
 *
 * <p>In: the file. Out: a {@link io.oriel.scrape.config.ScrapeSetup} of plain values, problems (the
 * file is refused) and warnings (what Prometheus knows and Oriel does not use yet). Every key of
 * Prometheus is known here by name; files that a job names are opened later, by who needs them.
 *
 * <p>Come in by {@link io.oriel.scrape.config.PrometheusFile}.
 */
@NullMarked
package io.oriel.scrape.config;

import org.jspecify.annotations.NullMarked;
