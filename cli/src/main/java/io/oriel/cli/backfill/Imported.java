package io.oriel.cli.backfill;

/**
 * What an import has done.
 *
 * @param samples that were taken
 * @param refused that were not: older than the retention, or too far ahead
 */
public record Imported(long series, long samples, long refused) {}
