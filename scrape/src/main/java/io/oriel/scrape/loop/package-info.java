/**
 * The loops: each target is asked on its own virtual thread, at its own moment, and what it says is
 * handed on as one batch with {@code up} and the {@code scrape_*} series.
 *
 * <p>Come in by {@link io.oriel.scrape.loop.ScrapePool}. Each loop owns its connection, its {@link
 * io.oriel.model.backend.MetricWriter} and its table of known series; nothing is shared between
 * loops but a few page buffers and the room for large pages, so a hostile target harms itself.
 *
 * <pre>
 *   ScrapeLoop: sleep until due -> PageClient -> ExpositionFormat -> PageReader (KnownSeries, SampleLabels)
 *               -> rows -> MetricWriter: samples, stale markers, report -> commit
 * </pre>
 */
@NullMarked
package io.oriel.scrape.loop;

import org.jspecify.annotations.NullMarked;
