/**
 * Scraping: targets are found, asked on time, read, relabelled, and handed to a {@link
 * io.oriel.model.backend.MetricSink}. A scrape that fails is data too: {@code up} is 0.
 */
@NullMarked
package io.oriel.scrape;

import org.jspecify.annotations.NullMarked;
