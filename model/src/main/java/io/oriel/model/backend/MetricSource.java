package io.oriel.model.backend;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.MetricMetadata;
import io.oriel.model.TimeRange;
import java.util.List;
import java.util.Map;

/** Where series are read: the embedded store, a map in memory, a remote engine. Thread-safe. */
public interface MetricSource {
  /**
   * The series that all matchers agree on and that may have samples in the range. What is returned
   * is a consistent view; the caller closes it.
   *
   * @throws io.oriel.model.limit.Refusal.LimitReached when more series match than a query may touch
   */
  SelectedSeries select(List<Matcher> matchers, TimeRange range);

  /**
   * The same, for a query that says what it does with the samples: where the source keeps
   * aggregates that serve as well, or where samples of that time are gone, it may answer by rows of
   * these, which {@link SelectedSeries#infos} says. Without hints there are samples alone.
   */
  default SelectedSeries select(List<Matcher> matchers, TimeRange range, SelectHints hints) {
    return select(matchers, range);
  }

  /**
   * The label sets of series that match any of the selections (an empty list: all), sorted.
   *
   * @param limit how many at most; 0 = all
   */
  List<Labels> series(List<List<Matcher>> selections, TimeRange range, int limit);

  /** The label names of those series, sorted. */
  List<String> labelNames(List<List<Matcher>> selections, TimeRange range, int limit);

  /** The values of one label among those series, sorted. */
  List<String> labelValues(String name, List<List<Matcher>> selections, TimeRange range, int limit);

  /**
   * What makes answers over that range doubtful, in whole sentences: a block that is damaged. To be
   * asked after {@link #series}, {@link #labelNames} or {@link #labelValues}.
   */
  default List<String> warnings(TimeRange range) {
    return List.of();
  }

  /** What sources said of metrics, by metric name; only of one metric where it is not empty. */
  Map<String, List<MetricMetadata>> metadata(String metric, int limit);
}
