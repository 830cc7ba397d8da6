package io.oriel.engines.prometheus;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What was done since the start. Written by many threads, read by anyone. */
final class OutCounters {
  private final LongAdder queued = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder exemplars = new LongAdder();
  private final LongAdder metadata = new LongAdder();
  private final LongAdder requests = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder sendNanos = new LongAdder();
  private final AtomicLong newestMs = new AtomicLong();
  private final Map<String, LongAdder> failed = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> dropped = new ConcurrentHashMap<>();

  void queued(long samples) {
    queued.add(samples);
  }

  void sent(long samples, long withExemplars, long newest) {
    sent.add(samples);
    exemplars.add(withExemplars);
    newestMs.accumulateAndGet(newest, Math::max);
  }

  void metadata(long metrics) {
    metadata.add(metrics);
  }

  void request(long bodyBytes, long nanos) {
    requests.increment();
    bytes.add(bodyBytes);
    sendNanos.add(nanos);
  }

  void retried() {
    retries.increment();
  }

  /** Samples that a receiver refused for good. */
  void failed(String reason, long samples) {
    add(failed, reason, samples);
  }

  /** Samples that were never sent. */
  void dropped(String reason, long samples) {
    add(dropped, reason, samples);
  }

  private static void add(Map<String, LongAdder> to, String reason, long samples) {
    if (samples > 0) to.computeIfAbsent(reason, _ -> new LongAdder()).add(samples);
  }

  long queued() {
    return queued.sum();
  }

  long sent() {
    return sent.sum();
  }

  long exemplars() {
    return exemplars.sum();
  }

  long metadata() {
    return metadata.sum();
  }

  long requests() {
    return requests.sum();
  }

  long retries() {
    return retries.sum();
  }

  long bytes() {
    return bytes.sum();
  }

  long sendNanos() {
    return sendNanos.sum();
  }

  long newestMs() {
    return newestMs.get();
  }

  /** Samples that need not be sent any more, one way or the other. */
  long settled() {
    return sent() + sum(failed) + sum(dropped);
  }

  private static long sum(Map<String, LongAdder> of) {
    return of.values().stream().mapToLong(LongAdder::sum).sum();
  }

  Map<String, Long> failed() {
    return sums(failed);
  }

  Map<String, Long> dropped() {
    return sums(dropped);
  }

  private static Map<String, Long> sums(Map<String, LongAdder> of) {
    var sums = new TreeMap<String, Long>();
    of.forEach((reason, count) -> sums.put(reason, count.sum()));
    return sums;
  }
}
