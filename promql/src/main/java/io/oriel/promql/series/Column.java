package io.oriel.promql.series;

import io.oriel.model.Stale;
import io.oriel.model.histogram.Histogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One series' values over the steps of a query, with holes where it has none. A buffer that is
 * lent, overwritten and lent again; who wants to keep it takes a {@link #copy}.
 *
 * <p>A hole is written as the stale marker: no step can have that as its value, since selectors
 * stop at markers and arithmetic never yields a signalling NaN. So a column is one array. Native
 * histograms stand in a second array beside it, at steps that are holes in this one; a column of
 * floats does not have it.
 */
public final class Column {
  private static final double HOLE = Stale.MARKER;

  /** The values by step; ask {@link #has} before reading one. */
  public final double[] values;

  /** Null as long as no step has a histogram; else null where a step has none. */
  public @Nullable Histogram @Nullable [] histograms;

  public Column(int steps) {
    values = new double[steps];
    clear();
  }

  private Column(double[] values) {
    this.values = values;
  }

  public static Column filled(int steps, double value) {
    var column = new Column(new double[steps]);
    Arrays.fill(column.values, value);
    return column;
  }

  /** What a column has at its first step, at every step. */
  public static Column repeating(Column first, int steps) {
    Column column = filled(steps, first.values[0]);
    Histogram histogram = first.histogram(0);
    if (histogram != null) {
      column.histograms = new @Nullable Histogram[steps];
      Arrays.fill(column.histograms, histogram);
    }
    return column;
  }

  public int steps() {
    return values.length;
  }

  /** Whether a step has a float; {@link #histogram} tells of the other kind. */
  public boolean has(int step) {
    return !Stale.isMarker(values[step]);
  }

  /** Whether a step has a value of either kind. */
  public boolean hasAny(int step) {
    return has(step) || histogram(step) != null;
  }

  /** Whether any step has a float. */
  public boolean hasFloats() {
    for (int i = 0; i < values.length; i++) if (has(i)) return true;
    return false;
  }

  /** The histogram at a step, null where there is none. */
  public @Nullable Histogram histogram(int step) {
    return histograms == null ? null : histograms[step];
  }

  public double get(int step) {
    return values[step];
  }

  public void set(int step, double value) {
    values[step] = value;
  }

  /** Puts a histogram in the place of what the step has. */
  public void set(int step, Histogram histogram) {
    if (histograms == null) histograms = new @Nullable Histogram[values.length];
    histograms[step] = histogram;
    values[step] = HOLE;
  }

  public void hole(int step) {
    values[step] = HOLE;
    if (histograms != null) histograms[step] = null;
  }

  /** Makes every step a hole. */
  public void clear() {
    Arrays.fill(values, HOLE);
    histograms = null;
  }

  public boolean isEmpty() {
    for (int i = 0; i < values.length; i++) if (hasAny(i)) return false;
    return true;
  }

  /** How many steps have a value of either kind. */
  public int size() {
    int n = 0;
    for (int i = 0; i < values.length; i++) if (hasAny(i)) n++;
    return n;
  }

  /** What it counts as against the limit of samples. */
  public long weight() {
    long weight = values.length;
    if (histograms == null) return weight;
    for (Histogram histogram : histograms) if (histogram != null) weight += histogram.weight() - 1;
    return weight;
  }

  public Column copy() {
    var copy = new Column(values.clone());
    if (histograms != null) copy.histograms = histograms.clone();
    return copy;
  }

  /**
   * Takes over the other's values where this has holes.
   *
   * @return false when both have a value at some step; this is unchanged then up to that step
   */
  public boolean merge(Column other) {
    for (int i = 0; i < values.length; i++) {
      if (!other.hasAny(i)) continue;
      if (hasAny(i)) return false;
      Histogram histogram = other.histogram(i);
      if (histogram == null) values[i] = other.values[i];
      else set(i, histogram);
    }
    return true;
  }
}
