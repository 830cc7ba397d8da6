package io.oriel.metrics.head;

/**
 * What one job has in the head.
 *
 * @param job the label's value; empty for series without it
 * @param series how many it has now
 * @param refused new series that were refused since its budget was full
 * @param created series that were made since about an hour
 * @param growingLabel the label that got most new values of late, empty where none did
 * @param newValues how many values that were; those of earlier hours count less
 */
public record JobSeries(
    String job, long series, long refused, long created, String growingLabel, long newValues) {}
