package io.oriel.promql.script;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryAnswer.Result;
import io.oriel.model.histogram.Histogram;
import io.oriel.promql.script.Script.SeriesLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares an answer with what is expected; what differs is said in a sentence, empty if nothing.
 */
final class Comparison {
  private static final double TOLERANCE = 1e-6;

  private Comparison() {}

  static String scalar(double expected, double actual) {
    return equal(expected, actual) ? "" : "expected " + expected + ", got " + actual;
  }

  /** The points of an instant query. */
  static String points(Expectation expected, List<QueryAnswer.Point> points) {
    var actual = new HashMap<Labels, QueryAnswer.Point>();
    int position = 0;
    for (QueryAnswer.Point point : points) {
      if (actual.put(point.labels(), point) != null) {
        return "series " + point.labels() + " comes twice";
      }
      int at = position++;
      if (expected.ordered() && at < expected.series().size()) {
        Labels due = expected.series().get(at).labels();
        if (!due.equals(point.labels())) {
          return "expected " + due + " at position " + (at + 1) + ", got " + point.labels();
        }
      }
    }
    for (SeriesLine line : expected.series()) {
      QueryAnswer.Point point = actual.remove(line.labels());
      if (point == null) return "missing series " + line.labels() + ", got " + points;
      if (line.items().size() != 1) return "one sample expected a series: " + line.labels();
      String problem = sample(line.items().getFirst(), point.value(), point.histogram());
      if (!problem.isEmpty()) return line.labels() + ": " + problem;
    }
    return actual.isEmpty() ? "" : "unexpected series " + actual;
  }

  private static String sample(Sequence.Item due, double value, @Nullable Histogram histogram) {
    return switch (due) {
      case Sequence.Item.Gap _, Sequence.Item.Start _ -> "a gap is expected";
      case Sequence.Item.Value(double number) -> {
        if (histogram != null) yield "expected " + number + ", got " + histogram;
        yield equal(number, value) ? "" : "expected " + number + ", got " + value;
      }
      case Sequence.Item.Native(Histogram distribution, boolean namesReset) -> {
        if (histogram == null) yield "expected " + distribution + ", got " + value;
        boolean same = NativeComparison.equal(distribution, histogram, namesReset);
        yield same ? "" : "expected " + distribution + ", got " + histogram;
      }
    };
  }

  /** The series of a range; item i of an expected one stands at {@code start + i * step}. */
  static String matrix(
      List<SeriesLine> expected, long startMs, long stepMs, List<QueryAnswer.Series> matrix) {
    Map<Labels, SampleColumns> actual = new HashMap<>();
    for (QueryAnswer.Series series : matrix) actual.put(series.labels(), series.samples());
    for (SeriesLine line : expected) {
      SampleColumns samples = actual.remove(line.labels());
      if (samples == null) {
        boolean empty = line.items().stream().allMatch(Sequence.Item.Gap.class::isInstance);
        if (empty) continue;
        return "missing series " + line.labels() + ", got " + labels(matrix);
      }
      String problem = samples(line, startMs, stepMs, samples);
      if (!problem.isEmpty()) return line.labels() + ": " + problem;
    }
    return actual.isEmpty() ? "" : "unexpected series " + actual.keySet();
  }

  private static List<Labels> labels(List<QueryAnswer.Series> matrix) {
    return matrix.stream().map(QueryAnswer.Series::labels).toList();
  }

  private static String samples(SeriesLine line, long startMs, long stepMs, SampleColumns samples) {
    int at = 0;
    for (int i = 0; i < line.items().size(); i++) {
      long timeMs = startMs + i * stepMs;
      Sequence.Item item = line.items().get(i);
      if (item instanceof Sequence.Item.Gap) continue;
      if (at == samples.size || samples.times[at] != timeMs) {
        return "expected " + item + " at " + timeMs + " ms, got " + text(samples);
      }
      String problem = sample(item, samples.values[at], samples.histogram(at));
      if (!problem.isEmpty()) return "at " + timeMs + " ms: " + problem;
      at++;
    }
    return at == samples.size ? "" : "more samples than expected: " + text(samples);
  }

  private static String text(SampleColumns samples) {
    var text = new StringBuilder();
    for (int i = 0; i < Math.min(samples.size, 20); i++) {
      Histogram histogram = samples.histogram(i);
      if (histogram == null) text.append(samples.values[i]);
      else text.append(histogram);
      text.append('@').append(samples.times[i]).append(' ');
    }
    return text.toString().strip();
  }

  /** Every matrix is sorted by labels, whatever is expected. */
  static String order(Result result) {
    if (!(result instanceof Result.Matrix(List<QueryAnswer.Series> series))) return "";
    for (int i = 1; i < series.size(); i++) {
      if (series.get(i - 1).labels().compareTo(series.get(i).labels()) >= 0) {
        return "series not in order: " + labels(series);
      }
    }
    return "";
  }

  /** Equal but for rounding; 0 must be hit exactly. */
  static boolean equal(double a, double b) {
    if (Stale.isMarker(a) || Stale.isMarker(b)) return Stale.isMarker(a) && Stale.isMarker(b);
    if (a == b || (Double.isNaN(a) && Double.isNaN(b))) return true;
    double size = Math.abs(a) + Math.abs(b);
    double apart = Math.abs(a - b);
    if (a == 0 || b == 0 || size < Double.MIN_NORMAL) {
      return apart < TOLERANCE * Double.MIN_NORMAL;
    }
    return apart / Math.min(size, Double.MAX_VALUE) < TOLERANCE;
  }
}
