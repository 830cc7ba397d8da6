package io.oriel.promql.series;

import io.oriel.model.Stale;
import java.util.Arrays;

/**
 * One series' values over the steps of a query, with holes where it has none. A buffer that is
 * lent, overwritten and lent again; who wants to keep it takes a {@link #copy}.
 *
 * <p>A hole is written as the stale marker: no step can have that as its value, since selectors
 * stop at markers and arithmetic never yields a signalling NaN. So a column is one array. Native
 * histograms will stand in a second array beside it, at steps that are holes in this one.
 */
public final class Column {
  private static final double HOLE = Stale.MARKER;

  /** The values by step; ask {@link #has} before reading one. */
  public final double[] values;

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

  public int steps() {
    return values.length;
  }

  public boolean has(int step) {
    return !Stale.isMarker(values[step]);
  }

  public double get(int step) {
    return values[step];
  }

  public void set(int step, double value) {
    values[step] = value;
  }

  public void hole(int step) {
    values[step] = HOLE;
  }

  /** Makes every step a hole. */
  public void clear() {
    Arrays.fill(values, HOLE);
  }

  public boolean isEmpty() {
    for (int i = 0; i < values.length; i++) if (has(i)) return false;
    return true;
  }

  /** How many steps have a value. */
  public int size() {
    int n = 0;
    for (int i = 0; i < values.length; i++) if (has(i)) n++;
    return n;
  }

  public Column copy() {
    return new Column(values.clone());
  }

  /**
   * Takes over the other's values where this has holes.
   *
   * @return false when both have a value at some step; this is unchanged then up to that step
   */
  public boolean merge(Column other) {
    for (int i = 0; i < values.length; i++) {
      if (!other.has(i)) continue;
      if (has(i)) return false;
      values[i] = other.values[i];
    }
    return true;
  }
}
