package io.oriel.model.backend;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import java.util.List;

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

  /**
   * What makes the samples doubtful, in whole sentences: a block that is damaged. Complete once all
   * that is wanted has been read.
   */
  default List<String> warnings() {
    return List.of();
  }

  /** What the asker may want to know: that another metric, or an aggregate, was read. */
  default List<String> infos() {
    return List.of();
  }

  /** Gives back what the view holds on to (leases of blocks). Never throws. */
  @Override
  void close();
}
