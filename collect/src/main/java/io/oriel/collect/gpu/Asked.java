package io.oriel.collect.gpu;

import java.util.Arrays;

/**
 * Quantities asked by number in one call, and their answers: each has a value or the code that came
 * in its place. Made once, filled again and again.
 */
public final class Asked {
  private final int[] ids;
  private final int[] scopes;
  private final double[] values;
  private final int[] codes;

  private Asked(int[] ids, int[] scopes) {
    this.ids = ids;
    this.scopes = scopes;
    this.values = new double[ids.length];
    this.codes = new int[ids.length];
    refuseAll(NvmlReturn.NO_DATA);
  }

  /** All fields, in the order of the table. */
  static Asked fields() {
    NvmlField[] fields = NvmlField.values();
    return new Asked(
        Arrays.stream(fields).mapToInt(NvmlField::id).toArray(),
        Arrays.stream(fields).mapToInt(NvmlField::scope).toArray());
  }

  /** All that the performance monitors tell, in the order of the table. */
  static Asked monitors() {
    int[] ids = Arrays.stream(GpmMetric.values()).mapToInt(GpmMetric::id).toArray();
    return new Asked(ids, new int[ids.length]);
  }

  public int size() {
    return ids.length;
  }

  /** NVML's number of the quantity in place {@code i}. */
  public int id(int i) {
    return ids[i];
  }

  public int scope(int i) {
    return scopes[i];
  }

  /** The quantity in place {@code i} has this value. */
  public void answer(int i, double value) {
    values[i] = value;
    codes[i] = 0;
  }

  /** The quantity in place {@code i} has none, for this reason. */
  public void refuse(int i, int code) {
    codes[i] = code;
  }

  void refuseAll(NvmlReturn answer) {
    Arrays.fill(codes, answer.code());
  }

  double value(int i) throws NvmlException {
    if (codes[i] != 0) throw NvmlException.of(codes[i]);
    return values[i];
  }
}
