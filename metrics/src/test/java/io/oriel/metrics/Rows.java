package io.oriel.metrics;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a source with all that samples have: histograms, start times, hints; bit by bit. */
@SuppressWarnings("NonApiType") // in order of labels and time, so that a difference can be read
final class Rows {
  private Rows() {}

  /**
   * A sample.
   *
   * @param bits of the float, or of all of the histogram's numbers
   */
  record Row(String bits, long startMs, @Nullable CounterReset hint) {
    static Row of(double value, long startMs) {
      return new Row(hex(value), startMs, null);
    }

    static Row of(Histogram histogram, long startMs) {
      String bits =
          "%d %s %s %s %s %s %s %s"
              .formatted(
                  histogram.schema(),
                  hex(histogram.count()),
                  hex(histogram.sum()),
                  hex(histogram.zeroThreshold()),
                  hex(histogram.zeroCount()),
                  hex(histogram.positive()),
                  hex(histogram.negative()),
                  hex(histogram.customBounds()));
      return new Row(bits, startMs, histogram.reset());
    }

    private static String hex(Buckets buckets) {
      return Arrays.toString(buckets.indexes()) + hex(buckets.counts());
    }

    private static String hex(double... values) {
      return Arrays.toString(
          Arrays.stream(values)
              .mapToObj(v -> Long.toHexString(Double.doubleToRawLongBits(v)))
              .toArray());
    }

    Row withHint(@Nullable CounterReset other) {
      return new Row(bits, startMs, other);
    }
  }

  static TreeMap<Labels, TreeMap<Long, Row>> all(MetricSource source) {
    return within(source, TimeRange.ALWAYS);
  }

  static TreeMap<Labels, TreeMap<Long, Row>> within(MetricSource source, TimeRange range) {
    var found = new TreeMap<Labels, TreeMap<Long, Row>>();
    try (var selected = source.select(List.of(Matcher.regex(Labels.NAME, ".+")), range)) {
      var columns = new SampleColumns();
      for (int series = 0; series < selected.count(); series++) {
        columns.clear();
        selected.read(series, columns);
        var rows = new TreeMap<Long, Row>();
        for (int i = 0; i < columns.size; i++) {
          if (rows.put(columns.times[i], row(columns, i)) != null) {
            throw new AssertionError(
                selected.labels(series) + " has two samples of " + columns.times[i]);
          }
        }
        if (columns.size > 0) found.put(selected.labels(series), rows);
      }
    }
    return found;
  }

  private static Row row(SampleColumns columns, int i) {
    Histogram histogram = columns.histogram(i);
    return histogram == null
        ? Row.of(columns.values[i], columns.start(i))
        : Row.of(histogram, columns.start(i));
  }
}
