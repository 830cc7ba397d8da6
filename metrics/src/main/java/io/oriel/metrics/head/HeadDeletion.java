package io.oriel.metrics.head;

import io.oriel.model.Labels;

/**
 * What was deleted of one series in the head. Its end is not after the newest sample that there was
 * then, so that what came later is none of it.
 */
public record HeadDeletion(Labels labels, long startMs, long endMs) {
  boolean holds(long timeMs) {
    return startMs <= timeMs && timeMs <= endMs;
  }
}
