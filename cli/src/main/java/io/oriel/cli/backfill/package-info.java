/**
 * Samples in and out of a store as files of others.
 *
 * <p>Out: {@link io.oriel.cli.backfill.OpenMetricsExport} writes series as OpenMetrics text. In:
 * {@link io.oriel.cli.backfill.OpenMetricsImport} reads such a file, however long, and {@link
 * io.oriel.cli.backfill.PrometheusImport} blocks of Prometheus; both end at the store's door for a
 * past that is known as a whole.
 *
 * <pre>
 *   file -> pieces of whole lines -> parser -> samples by span of time, on disk
 *        -> each span sorted, some series at a time -> BlockImport -> published, a span at a time
 * </pre>
 */
@NullMarked
package io.oriel.cli.backfill;

import org.jspecify.annotations.NullMarked;
