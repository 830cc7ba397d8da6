package io.oriel.collect.node;

import io.oriel.collect.Metric;

/** Stands for fields of a kernel file that are passed over. */
final class Untold {
  static final Metric NONE = Metric.untyped("", "");

  private Untold() {}

  static boolean isTold(Metric metric) {
    return !metric.name().isEmpty();
  }
}
