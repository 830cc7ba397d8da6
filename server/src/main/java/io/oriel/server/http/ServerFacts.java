package io.oriel.server.http;

import java.util.Map;

/** What both APIs tell of the server. Answers are of the moment they are asked. */
public interface ServerFacts {
  String version();

  String host();

  long startedMs();

  long nowMs();

  long retentionMs();

  /** The scrape configuration in force, without secrets. */
  String scrapeYaml();

  /** Settings of the command line, by name. */
  Map<String, String> flags();

  boolean lastReloadWorked();

  long lastReloadMs();

  Head head();

  /**
   * What the head of the metrics store holds.
   *
   * @param seriesByMetric the metrics with most series, most first
   * @param valuesByLabel the labels with most values, most first
   */
  record Head(
      long series,
      long labelPairs,
      long chunks,
      long minMs,
      long maxMs,
      Map<String, Long> seriesByMetric,
      Map<String, Long> valuesByLabel) {}
}
