/**
 * Samples in and out of a store as files of others.
 *
 * <p>Out: {@link io.oriel.cli.backfill.OpenMetricsExport} writes series as OpenMetrics text.
 */
@NullMarked
package io.oriel.cli.backfill;

import org.jspecify.annotations.NullMarked;
