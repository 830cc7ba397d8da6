package io.oriel.server;

import io.oriel.engines.prometheus.EngineHead;
import io.oriel.engines.prometheus.OutStats;
import io.oriel.engines.prometheus.PrometheusEngine;
import io.oriel.engines.prometheus.Standing;
import io.oriel.server.http.ServerFacts.Engine;
import io.oriel.server.http.ServerFacts.Head;
import io.oriel.server.http.ServerFacts.Row;
import io.oriel.server.http.oriel.OrielApi.IntakeCount;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What is told of the engine in the store's place. */
final class EngineFacts {
  /** Reasons for which a batch is refused; the queue's own sentence stands in the log. */
  private static final String FULL = "queue_full";

  private static final String UNAVAILABLE = "queue_unavailable";

  private EngineFacts() {}

  /** Why nothing is taken in to the engine's queue, as a label says it. */
  static String reason(PrometheusEngine engine) {
    return engine.stats().fullSinceMs() > 0 ? FULL : UNAVAILABLE;
  }

  private static String words(String reason) {
    return reason.equals(FULL)
        ? "measured here and lost: the queue to the metrics engine was full"
        : "measured here and lost: the queue to the metrics engine could not be written";
  }

  static Engine of(PrometheusEngine engine, Map<String, Long> lost) {
    Standing standing = engine.standing();
    OutStats stats = standing.stats();
    return new Engine(
        engine.url(),
        standing.state().name().toLowerCase(Locale.ROOT),
        standing.sinceMs(),
        standing.answers(),
        standing.takes(),
        standing.why(),
        stats.pendingBytes(),
        stats.mostBytes(),
        stats.lagMs(),
        lost.values().stream().mapToLong(Long::longValue).sum());
  }

  /** What the engine refused, what never went there, and what was lost before its queue. */
  static Stream<IntakeCount> counts(PrometheusEngine engine, Map<String, Long> lost) {
    OutStats stats = engine.stats();
    return Stream.of(
            counts(stats.failed(), "engine_", "refused by the metrics engine for good"),
            counts(stats.dropped(), "", "left out before the metrics engine"),
            lost.entrySet().stream()
                .map(e -> new IntakeCount(e.getKey(), words(e.getKey()), e.getValue())))
        .flatMap(each -> each);
  }

  private static Stream<IntakeCount> counts(Map<String, Long> of, String prefix, String words) {
    return of.entrySet().stream()
        .map(e -> new IntakeCount(prefix + e.getKey(), words, e.getValue()));
  }

  static Head head(EngineHead head) {
    return new Head(
        head.series(),
        head.labelPairs(),
        head.chunks(),
        head.minMs(),
        head.maxMs(),
        rows(head.metrics()),
        rows(head.labels()),
        rows(head.labelBytes()),
        rows(head.pairs()));
  }

  private static List<Row> rows(List<EngineHead.Row> rows) {
    return rows.stream().map(row -> new Row(row.name(), row.count())).toList();
  }
}
