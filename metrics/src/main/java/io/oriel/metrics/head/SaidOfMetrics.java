package io.oriel.metrics.head;

import io.oriel.model.MetricMetadata;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is said of metrics: of so many metrics and so much text at most. A name needs no series to
 * be told something of, so that names alone could fill the memory; what finds no room is not
 * remembered, and costs nothing but that. Thread-safe.
 */
final class SaidOfMetrics {
  private static final int MOST = 200_000;
  private static final long ENTRY_BYTES = 160; // beside the texts
  private static final int SHARE = 4; // of the bytes that labels may have

  private final Map<String, MetricMetadata> all = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private final long mostBytes;
  private final long longestText;

  SaidOfMetrics(Limits limits) {
    this.mostBytes = limits.of(Limit.SERIES_LABEL_BYTES) / SHARE;
    this.longestText = limits.of(Limit.LABEL_VALUE_BYTES);
  }

  /** All that is remembered. */
  Map<String, MetricMetadata> all() {
    return Collections.unmodifiableMap(all);
  }

  /** About what a metric's words take in memory. */
  static long bytes(String metric, MetricMetadata said) {
    return ENTRY_BYTES + metric.length() + said.help().length() + said.unit().length();
  }

  /**
   * Whether it is new and finds room.
   *
   * @param waiting bytes that are to be remembered before it
   */
  boolean wants(String metric, MetricMetadata said, long waiting) {
    MetricMetadata before = all.get(metric);
    if (said.equals(before)) return false;
    boolean isShort =
        Math.max(metric.length(), Math.max(said.help().length(), said.unit().length()))
            <= longestText;
    long more = bytes(metric, said) - (before == null ? 0 : bytes(metric, before));
    return isShort
        && (before != null || all.size() < MOST)
        && bytes.get() + waiting + more <= mostBytes;
  }

  void remember(String metric, MetricMetadata said) {
    if (!wants(metric, said, 0)) return;
    MetricMetadata before = all.put(metric, said);
    bytes.addAndGet(bytes(metric, said) - (before == null ? 0 : bytes(metric, before)));
  }
}
