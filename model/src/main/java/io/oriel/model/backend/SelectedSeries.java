package io.oriel.model.backend;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;

/**
 * Series that were selected, by number from 0. Labels can be asked before any sample is read, and
 * different threads may read different series at the same time, each into its own columns.
 */
public interface SelectedSeries extends AutoCloseable {
  int count();

  Labels labels(int series);

  /**
   * Appends the series' samples within the selected range, in order of time, stale markers
   * included.
   */
  void read(int series, SampleColumns into);

  /** Gives back what the view holds on to (leases of blocks). Never throws. */
  @Override
  void close();
}
