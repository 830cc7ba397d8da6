package io.oriel.promql.script;

import io.oriel.model.Labels;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.histogram.Histogram;
import io.oriel.promql.memory.MemorySource;

/** A map that gives histograms back with the hints that a store gives. */
final class StoreInMemory implements ScriptStore {
  private final MemorySource samples = new MemorySource();
  private final StoredHints hints = new StoredHints();

  @Override
  public MetricSource source() {
    return samples;
  }

  @Override
  public void clear() {
    samples.clear();
    hints.clear();
  }

  @Override
  public void add(Labels labels, long timeMs, double value) {
    samples.add(labels, timeMs, value);
    hints.interrupt(labels);
  }

  @Override
  public void add(Labels labels, long timeMs, Histogram histogram) {
    samples.add(labels, timeMs, hints.stored(labels, histogram));
  }

  @Override
  public void startOfLast(Labels labels, long startMs) {
    samples.startOfLast(labels, startMs);
  }

  @Override
  public void loaded() {}
}
