package io.oriel.promql.eval;

import io.oriel.model.Labels;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.SeriesSink;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The fold of each aggregation; here those that come out with one number a step. */
final class Folds {
  private Folds() {}

  static Supplier<GroupFold> of(FoldContext context) {
    return switch (context.aggregator()) {
      case SUM -> () -> new Summing(context);
      case AVG -> () -> new Averaging(context);
      case MIN -> () -> new Extreme(context, false);
      case MAX -> () -> new Extreme(context, true);
      case COUNT -> () -> new Counting(context, false);
      case GROUP -> () -> new Counting(context, true);
      case STDDEV -> () -> new Spread(context, true);
      case STDVAR -> () -> new Spread(context, false);
      case QUANTILE -> QuantileFold.of(context);
      case COUNT_VALUES -> CountValues.of(context);
      case TOPK, BOTTOMK -> Ranking.of(context);
      case LIMITK -> Sampling.first(context);
      case LIMIT_RATIO -> Sampling.share(context);
    };
  }

  /** One column is all that a group is. */
  private abstract static class OneColumn implements GroupFold {
    final FoldContext context;
    final Column result;

    OneColumn(FoldContext context) {
      this.context = context;
      this.result = new Column(context.steps().count());
    }

    @Override
    public void add(Labels labels, boolean nameless, Column column) {
      for (int i = 0; i < result.values.length; i++) {
        if (!column.has(i)) continue;
        if (result.has(i)) next(i, column.values[i]);
        else first(i, column.values[i]);
      }
      if (column.histograms != null) addHistograms(labels.metricName(), column);
    }

    /** Takes the native histograms of a series; most aggregations have no use for them. */
    void addHistograms(String metric, Column column) {
      for (int i = 0; i < column.steps(); i++) {
        if (column.histogram(i) == null) continue;
        context.histogramNotes().ignoredInAggregation(context.aggregator());
        break;
      }
    }

    abstract void first(int step, double value);

    abstract void next(int step, double value);

    void finishHistograms() {}

    /** Turns what was kept into the result. */
    void finish(int step) {}

    @Override
    public void handOn(Labels group, boolean nameless, SeriesSink out) {
      for (int i = 0; i < result.values.length; i++) if (result.has(i)) finish(i);
      finishHistograms();
      out.take(group, nameless, result);
    }
  }

  /** Sums and means take native histograms, too. */
  private abstract static class WithHistograms extends OneColumn {
    private @Nullable NativeFold histograms;

    WithHistograms(FoldContext context) {
      super(context);
    }

    @Override
    void addHistograms(String metric, Column column) {
      if (histograms == null) histograms = new NativeFold(context);
      histograms.add(metric, column, result);
    }

    @Override
    void finishHistograms() {
      if (histograms != null) histograms.finish(result);
    }
  }

  /** A compensated sum a step, as {@link io.oriel.promql.function.Sum} does it for one. */
  private static final class Summing extends WithHistograms {
    private final double[] rest;

    Summing(FoldContext context) {
      super(context);
      rest = new double[result.steps()];
    }

    @Override
    void first(int step, double value) {
      result.values[step] = value;
    }

    @Override
    void next(int step, double value) {
      double sum = result.values[step];
      double next = sum + value;
      if (Double.isInfinite(next)) rest[step] = 0;
      else rest[step] += lost(sum, value, next);
      result.values[step] = next;
    }

    @Override
    void finish(int step) {
      if (!Double.isInfinite(result.values[step])) result.values[step] += rest[step];
    }
  }

  /** What rounding cut off when a value was added. */
  private static double lost(double sum, double value, double next) {
    return Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
  }

  /** A sum and a count a step; a mean from where the sum overflows. */
  private static final class Averaging extends WithHistograms {
    private final double[] rest;
    private final int[] count;
    private final boolean[] asMean;

    Averaging(FoldContext context) {
      super(context);
      int steps = result.steps();
      rest = new double[steps];
      count = new int[steps];
      asMean = new boolean[steps];
    }

    @Override
    void first(int step, double value) {
      result.values[step] = value;
      count[step] = 1;
    }

    @Override
    void next(int step, double value) {
      int n = ++count[step];
      double before = result.values[step];
      if (!asMean[step]) {
        double next = before + value;
        if (!Double.isInfinite(next)) {
          rest[step] += lost(before, value, next);
          result.values[step] = next;
          return;
        }
        asMean[step] = true;
        before /= n - 1;
        rest[step] /= n - 1;
      }
      double share = (n - 1) / (double) n;
      double kept = share * before;
      double part = value / n;
      double mean = kept + part;
      rest[step] = Double.isInfinite(mean) ? 0 : share * rest[step] + lost(kept, part, mean);
      result.values[step] = mean;
    }

    @Override
    void finish(int step) {
      double value = result.values[step];
      result.values[step] =
          asMean[step] ? value + rest[step] : value / count[step] + rest[step] / count[step];
    }
  }

  private static final class Extreme extends OneColumn {
    private final boolean largest;

    Extreme(FoldContext context, boolean largest) {
      super(context);
      this.largest = largest;
    }

    @Override
    void first(int step, double value) {
      result.values[step] = value;
    }

    @Override
    void next(int step, double value) {
      double best = result.values[step];
      boolean better = largest ? value > best : value < best;
      if (better || Double.isNaN(best)) result.values[step] = value;
    }
  }

  private static final class Counting extends OneColumn {
    private final boolean onlyWhether;

    Counting(FoldContext context, boolean onlyWhether) {
      super(context);
      this.onlyWhether = onlyWhether;
    }

    @Override
    void first(int step, double value) {
      result.values[step] = 1;
    }

    @Override
    void next(int step, double value) {
      if (!onlyWhether) result.values[step]++;
    }

    @Override
    void addHistograms(String metric, Column column) {
      for (int i = 0; i < column.steps(); i++) {
        if (column.histogram(i) == null) continue;
        if (result.has(i)) next(i, 0);
        else first(i, 0);
      }
    }
  }

  /** Variance by Welford's way: the mean so far, and the squares of distances from it. */
  private static final class Spread extends OneColumn {
    private final boolean root;
    private final double[] mean;
    private final int[] count;

    Spread(FoldContext context, boolean root) {
      super(context);
      this.root = root;
      int steps = result.steps();
      mean = new double[steps];
      count = new int[steps];
    }

    @Override
    void first(int step, double value) {
      count[step] = 1;
      mean[step] = value;
      boolean number = !Double.isNaN(value) && !Double.isInfinite(value);
      result.values[step] = number ? 0 : Double.NaN;
    }

    @Override
    void next(int step, double value) {
      double distance = value - mean[step];
      mean[step] += distance / ++count[step];
      result.values[step] += distance * (value - mean[step]);
    }

    @Override
    void finish(int step) {
      double variance = result.values[step] / count[step];
      result.values[step] = root ? Math.sqrt(variance) : variance;
    }
  }
}
