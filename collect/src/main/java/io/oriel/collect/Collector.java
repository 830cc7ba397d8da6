package io.oriel.collect;

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

  /** Every metric that it may tell and whose name is known beforehand. */
  List<Metric> metrics();

  /**
   * Reads once. What can't be read is left out and said by {@link Readings#missing} or {@link
   * Readings#failed}; a value is never made up.
   *
   * @throws Exception when the system as a whole can't be read; what was told before still counts
   */
  void collect(Readings out) throws Exception;

  /** Gives back handles and buffers. Never throws. */
  @Override
  default void close() {}
}
