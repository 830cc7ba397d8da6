package io.oriel.metrics.head;

/** What one job has in the head; the fields as {@code MetricStoreStats.Job} tells them. */
public record JobSeries(
    String job, long series, long refused, long created, String growingLabel, long newValues) {}
