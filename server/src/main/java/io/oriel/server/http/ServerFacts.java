package io.oriel.server.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** Labels on everything that leaves this Oriel: by federation, remote read. */
  Map<String, String> externalLabels();

  /** How far back a series' newest sample counts as its value now. */
  long lookbackMs();

  /** Whether the parts of the language that are not stable in Prometheus are switched on. */
  boolean experimental();

  /**
   * What the head of the metrics store holds.
   *
   * @param rows how many rows each table has at most
   */
  Head head(int rows);

  /** The jobs with most series in the head, the largest first. */
  default List<Job> jobs(int rows) {
    return List.of();
  }

  /** Series that came into the head and went out of it since about an hour. */
  default Churn churn() {
    return new Churn(0, 0);
  }

  /** Where the engine is that stands in the store's place; empty where metrics are kept here. */
  default Optional<String> engineUrl() {
    return Optional.empty();
  }

  /**
   * How it stands with that engine, which may be asked for it; empty where metrics are kept here.
   */
  default Optional<Engine> engine() {
    return Optional.empty();
  }

  /** The blocks on disk, by start time. */
  List<Block> blocks();

  /**
   * What the head of the metrics store holds. In each table the largest come first.
   *
   * @param labelPairs different pairs of name and value
   * @param minMs time of the oldest sample
   * @param seriesByMetric the metrics with most series
   * @param valuesByLabel the labels with most values
   * @param bytesByLabel the labels whose values would take most bytes, written out for each series
   * @param seriesByPair the pairs, as {@code name=value}, that most series have
   */
  record Head(
      long series,
      long labelPairs,
      long chunks,
      long minMs,
      long maxMs,
      List<Row> seriesByMetric,
      List<Row> valuesByLabel,
      List<Row> bytesByLabel,
      List<Row> seriesByPair) {}

  /**
   * What one job has in the head.
   *
   * @param name the label job; empty for series without it
   * @param warnAt from how many series on the log warns
   * @param budget how many it may have; further new ones are refused
   * @param refused how many were, since it was full
   * @param created series that were made since about an hour
   * @param growingLabel the label that got most new values of late; empty where none did
   * @param newValues how many values those were
   */
  record Job(
      String name,
      long series,
      long warnAt,
      long budget,
      long refused,
      long created,
      String growingLabel,
      long newValues) {}

  /**
   * How it stands with the engine in the store's place.
   *
   * @param url without credentials
   * @param state well, catching_up, down or full, from the best to the worst
   * @param sinceMs since when it is down or full; 0 where it is neither
   * @param answers whether it answers queries
   * @param takes whether it takes samples
   * @param why what was heard of it last; empty where all is well
   * @param pendingBytes what waits for it on disk
   * @param mostBytes what may
   * @param lagMs how far what it took last is behind now; 0 where nothing waits
   * @param lost samples of scrapes and collectors that found no room to wait, since the start
   */
  record Engine(
      String url,
      String state,
      long sinceMs,
      boolean answers,
      boolean takes,
      String why,
      long pendingBytes,
      long mostBytes,
      long lagMs,
      long lost) {}

  /** Series that came and went since about an hour. */
  record Churn(long created, long removed) {}

  /** A row of a table of counts. */
  record Row(String name, long count) {}

  /** One block of the metrics store. */
  record Block(String name, long minMs, long maxMs, long series, long samples, long bytes) {}
}
