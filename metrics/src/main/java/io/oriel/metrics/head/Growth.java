package io.oriel.metrics.head;

/**
 * The label of a job that got most new values of late.
 *
 * @param label empty where none did
 * @param values how many; those of earlier hours count less
 */
record Growth(String label, long values) {
  static final Growth NONE = new Growth("", 0);

  @Override
  public String toString() {
    return label.isEmpty() ? "grows=none" : "grows=%s new_values=%d".formatted(label, values);
  }
}
