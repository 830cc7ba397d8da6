package io.oriel.collect;

import io.oriel.model.Labels;
import java.util.List;

/**
 * Reads one system and tells what it found. One thread at a time calls it, again and again, so it
 * may keep buffers, handles and label sets between rounds.
 */
public interface Collector extends AutoCloseable {
  /** A short word for labels and pages: {@code node}, {@code gpu}. */
  String name();

  /** What is read, for people: {@code /proc and /sys}. */
  String where();

  /**
   * Labels of its series beside the machine's; they win over those. A system that may be there
   * several times bears {@code instance} here, host and port.
   */
  default Labels labels() {
    return Labels.EMPTY;
  }

  /** How it was found, in words: {@code built in}, {@code oriel.yaml, collectors.vllm}. */
  default String foundBy() {
    return "built in";
  }

  /**
   * Whether it calls into the kernel or a driver, which may hold the thread: it gets one of its own
   * then. What only asks by a socket runs on a virtual thread.
   */
  default boolean callsDrivers() {
    return true;
  }

  /** Every metric that it may tell and whose name is known beforehand. */
  List<Metric> metrics();

  /**
   * Reads once. What can't be read is left out and said by {@link Readings#missing} or {@link
   * Readings#failed}; a value is never made up.
   *
   * @throws CollectorFailure when the system as a whole can't be read; what was told before still
   *     counts
   * @throws Exception as that, without a remedy of its own
   */
  void collect(Readings out) throws Exception;

  /** Gives back handles and buffers. Never throws. */
  @Override
  default void close() {}
}
