package io.oriel.engines.prometheus;

import io.oriel.model.Clock;

/**
 * How many shards it takes: the time that a sample takes on its way, times the samples that come
 * and a part of those that wait. Looked at every ten seconds; small changes are let be. One thread.
 */
final class ShardCount {
  private static final long EVERY_MS = 10_000;
  private static final double BACKLOG_SECONDS = 30; // in so long what waits should be gone
  private static final double TOLERANCE = 0.3;

  private final QueueConfig config;
  private final Clock clock;
  private final OutCounters counters;
  private long lookedMs;
  private long queued;
  private long sent;
  private long sendNanos;

  ShardCount(QueueConfig config, Clock clock, OutCounters counters) {
    this.config = config;
    this.clock = clock;
    this.counters = counters;
    this.lookedMs = clock.millis();
  }

  int of(int now) {
    if (now == 0) return Math.max(1, config.minShards());
    long passedMs = clock.millis() - lookedMs;
    if (passedMs < EVERY_MS) return now;
    long moreQueued = counters.queued() - queued;
    long moreSent = counters.sent() - sent;
    long moreNanos = counters.sendNanos() - sendNanos;
    lookedMs += passedMs;
    queued += moreQueued;
    sent += moreSent;
    sendNanos += moreNanos;
    if (moreSent == 0) return now; // it takes nothing: more ways would not help
    double secondsEach = moreNanos / 1e9 / moreSent;
    long waiting = Math.max(0, counters.queued() - counters.settled());
    double perSecond = moreQueued * 1e3 / passedMs + waiting / BACKLOG_SECONDS;
    double wanted = secondsEach * perSecond;
    if (wanted > now * (1 - TOLERANCE) && wanted < now * (1 + TOLERANCE)) return now;
    return (int) Math.clamp(Math.ceil(wanted), Math.max(1, config.minShards()), config.maxShards());
  }
}
