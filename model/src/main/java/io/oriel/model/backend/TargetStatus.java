package io.oriel.model.backend;

import io.oriel.model.Labels;
import java.util.Map;

/**
 * How it stands with one thing that is asked for metrics: a scrape target or a built-in collector.
 * Pages and {@code /api/v1/targets} are made from these.
 *
 * @param id stays the same for the same target; safe in a URL
 * @param kind who asks
 * @param pool the job as configured, or the collector's group
 * @param name what people call it: {@code vllm-whisper:8000}, "Server"
 * @param where the URL that is asked, or what is read: {@code /proc and /sys}
 * @param labels on every series of it (job, instance...)
 * @param discovered labels before relabelling; empty for a collector
 * @param foundBy how it was found, in words: "prometheus.yml, static_configs"
 * @param error what went wrong the last time, empty when nothing did
 * @param remedy what to do about it, empty when there is nothing to say
 * @param lastMs when it was asked last, 0 = never
 * @param lastGoodMs when it last answered well, 0 = never
 * @param tookNanos how long the last answer took
 * @param samples how many samples the last answer held
 * @param failuresInARow how often it failed since it last answered well
 */
public record TargetStatus(
    String id,
    Kind kind,
    String pool,
    String name,
    String where,
    Labels labels,
    Map<String, String> discovered,
    String foundBy,
    Health health,
    String error,
    String remedy,
    long lastMs,
    long lastGoodMs,
    long tookNanos,
    long samples,
    long intervalMs,
    long timeoutMs,
    int failuresInARow) {

  public enum Kind {
    COLLECTOR,
    SCRAPE
  }

  public enum Health {
    UNKNOWN,
    UP,
    DOWN
  }

  public TargetStatus {
    discovered = Map.copyOf(discovered);
  }

  /** The same, found in another way. */
  public TargetStatus foundBy(String how) {
    return new TargetStatus(
        id,
        kind,
        pool,
        name,
        where,
        labels,
        discovered,
        how,
        health,
        error,
        remedy,
        lastMs,
        lastGoodMs,
        tookNanos,
        samples,
        intervalMs,
        timeoutMs,
        failuresInARow);
  }
}
