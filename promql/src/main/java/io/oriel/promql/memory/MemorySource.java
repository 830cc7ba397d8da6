package io.oriel.promql.memory;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.backend.SelectedSeries;
import io.oriel.model.histogram.Histogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * Series in a sorted map. Samples of a series come in order of time. Fill it first and ask then:
 * adding to a series while it is read is not safe.
 */
public final class MemorySource implements MetricSource {
  private final Map<Labels, SampleColumns> series = new ConcurrentSkipListMap<>();

  public void add(Labels labels, long timeMs, double value) {
    series.computeIfAbsent(labels, key -> new SampleColumns()).add(timeMs, value);
  }

  public void add(Labels labels, long timeMs, Histogram histogram) {
    series.computeIfAbsent(labels, key -> new SampleColumns()).add(timeMs, histogram);
  }

  /** Says when the counter of the series' last sample began. */
  public void startOfLast(Labels labels, long startMs) {
    SampleColumns samples = series.get(labels);
    if (samples != null) samples.startOfLast(startMs);
  }

  public void clear() {
    series.clear();
  }

  @Override
  public SelectedSeries select(List<Matcher> matchers, TimeRange range) {
    return new Selection(matching(List.of(matchers), range).toList(), range);
  }

  private Stream<Map.Entry<Labels, SampleColumns>> matching(
      List<List<Matcher>> selections, TimeRange range) {
    return series.entrySet().stream()
        .filter(entry -> selections.isEmpty() || anyMatches(selections, entry.getKey()))
        .filter(entry -> first(entry.getValue(), range.startMs()) < entry.getValue().size)
        .filter(entry -> entry.getValue().times[0] <= range.endMs());
  }

  private static boolean anyMatches(List<List<Matcher>> selections, Labels labels) {
    return selections.stream()
        .anyMatch(matchers -> matchers.stream().allMatch(matcher -> matcher.matches(labels)));
  }

  /** The index of the first sample that is not before a moment. */
  private static int first(SampleColumns samples, long timeMs) {
    int low = 0;
    int high = samples.size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (samples.times[middle] < timeMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private static <T> Stream<T> limited(Stream<T> all, int limit) {
    return limit > 0 ? all.limit(limit) : all;
  }

  @Override
  public List<Labels> series(List<List<Matcher>> selections, TimeRange range, int limit) {
    return limited(matching(selections, range).map(Map.Entry::getKey), limit).toList();
  }

  @Override
  public List<String> labelNames(List<List<Matcher>> selections, TimeRange range, int limit) {
    var names = new TreeSet<String>();
    matching(selections, range).forEach(entry -> names.addAll(entry.getKey().toMap().keySet()));
    return limited(names.stream(), limit).toList();
  }

  @Override
  public List<String> labelValues(
      String name, List<List<Matcher>> selections, TimeRange range, int limit) {
    var values = new TreeSet<String>();
    matching(selections, range).forEach(entry -> values.add(entry.getKey().valueOf(name)));
    values.remove("");
    return limited(values.stream(), limit).toList();
  }

  @Override
  public Map<String, List<MetricMetadata>> metadata(String metric, int limit) {
    return Map.of();
  }

  private static final class Selection implements SelectedSeries {
    private final List<Map.Entry<Labels, SampleColumns>> chosen;
    private final TimeRange range;

    Selection(List<Map.Entry<Labels, SampleColumns>> chosen, TimeRange range) {
      this.chosen = new ArrayList<>(chosen);
      this.range = range;
    }

    @Override
    public int count() {
      return chosen.size();
    }

    @Override
    public Labels labels(int index) {
      return chosen.get(index).getKey();
    }

    @Override
    public void read(int index, SampleColumns into) {
      SampleColumns samples = chosen.get(index).getValue();
      int from = first(samples, range.startMs());
      int to = from;
      while (to < samples.size && samples.times[to] <= range.endMs()) to++;
      into.addAll(samples, from, to);
    }

    @Override
    public void close() {}
  }
}
