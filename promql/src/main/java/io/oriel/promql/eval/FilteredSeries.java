package io.oriel.promql.eval;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.backend.SelectedSeries;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Those of a selection whose labels pass a test. Closing it closes the selection. */
final class FilteredSeries implements SelectedSeries {
  private final SelectedSeries all;
  private final int[] chosen;

  private FilteredSeries(SelectedSeries all, int[] chosen) {
    this.all = all;
    this.chosen = chosen;
  }

  static FilteredSeries of(SelectedSeries all, Predicate<Labels> test) {
    return new FilteredSeries(
        all, IntStream.range(0, all.count()).filter(i -> test.test(all.labels(i))).toArray());
  }

  @Override
  public int count() {
    return chosen.length;
  }

  @Override
  public Labels labels(int series) {
    return all.labels(chosen[series]);
  }

  @Override
  public void read(int series, SampleColumns into) {
    all.read(chosen[series], into);
  }

  @Override
  public void close() {
    all.close();
  }
}
