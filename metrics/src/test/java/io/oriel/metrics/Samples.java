package io.oriel.metrics;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricSource;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads a whole source into a map that tests can compare: labels, time, bits of the value. */
@SuppressWarnings("NonApiType") // in order of labels and time, so that a difference can be read
final class Samples {
  private Samples() {}

  static TreeMap<Labels, TreeMap<Long, Long>> all(MetricSource source) {
    return matching(source, List.of(Matcher.regex(Labels.NAME, ".+")), TimeRange.ALWAYS);
  }

  /** The first sample that differs, in words; empty where none does. */
  static String difference(
      TreeMap<Labels, TreeMap<Long, Long>> found, TreeMap<Labels, TreeMap<Long, Long>> expected) {
    var labels = new TreeSet<>(found.keySet());
    labels.addAll(expected.keySet());
    for (Labels each : labels) {
      var its = found.getOrDefault(each, new TreeMap<>());
      var other = expected.getOrDefault(each, new TreeMap<>());
      var times = new TreeSet<>(its.keySet());
      times.addAll(other.keySet());
      for (Long time : times) {
        if (Objects.equals(its.get(time), other.get(time))) continue;
        return "%s at %d: found %s, expected %s (of %d and %d samples)"
            .formatted(each, time, its.get(time), other.get(time), its.size(), other.size());
      }
    }
    return "";
  }

  static TreeMap<Labels, TreeMap<Long, Long>> matching(
      MetricSource source, List<Matcher> matchers, TimeRange range) {
    var found = new TreeMap<Labels, TreeMap<Long, Long>>();
    try (var selected = source.select(matchers, range)) {
      var columns = new SampleColumns();
      for (int series = 0; series < selected.count(); series++) {
        columns.clear();
        selected.read(series, columns);
        if (columns.size == 0) continue;
        var samples = new TreeMap<Long, Long>();
        for (int i = 0; i < columns.size; i++) {
          if (i > 0 && columns.times[i - 1] >= columns.times[i]) {
            throw new AssertionError("not in order: " + selected.labels(series));
          }
          samples.put(columns.times[i], Double.doubleToRawLongBits(columns.values[i]));
        }
        if (found.put(selected.labels(series), samples) != null) {
          throw new AssertionError("a series comes twice: " + selected.labels(series));
        }
      }
    }
    return found;
  }
}
