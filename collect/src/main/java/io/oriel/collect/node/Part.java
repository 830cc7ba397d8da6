package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import java.util.List;

/** One part of the machine: what node_exporter calls a collector, by the same name. */
interface Part {
  String name();

  /** Its table: every metric that it may tell, but those that the kernel names itself. */
  List<Metric> metrics();

  /**
   * Reads it once.
   *
   * @throws Unreadable when there is no such thing here, or it can't be read
   */
  void read(Readings out) throws Unreadable;
}
