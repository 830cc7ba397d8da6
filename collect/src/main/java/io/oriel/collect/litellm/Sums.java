package io.oriel.collect.litellm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/** The quantities of one name, or of all. What LiteLLM does not tell is NaN. */
final class Sums {
  /** The dearest first; where nothing has a price, who asks most. */
  static final Comparator<Sums> LARGEST_FIRST =
      Comparator.<Sums>comparingDouble(sums -> -sums.known(Quantity.SPEND))
          .thenComparingDouble(sums -> -sums.known(Quantity.REQUESTS));

  /** A day without a request: what every version tells is 0. */
  static final Sums NOTHING = new Sums();

  static {
    for (Quantity each : Quantity.values()) {
      if (each != Quantity.SECONDS && each != Quantity.TIMED) NOTHING.values[each.ordinal()] = 0;
    }
  }

  private final double[] values = new double[Quantity.values().length];

  Sums() {
    java.util.Arrays.fill(values, Double.NaN);
  }

  void add(JsonNode metrics) {
    for (Quantity each : Quantity.values()) add(each, each.of(metrics));
  }

  private void add(Quantity quantity, double value) {
    if (Double.isNaN(value)) return;
    int i = quantity.ordinal();
    values[i] = Double.isNaN(values[i]) ? value : values[i] + value;
  }

  void add(Sums other) {
    for (Quantity each : Quantity.values()) add(each, other.of(each));
  }

  double of(Quantity quantity) {
    return values[quantity.ordinal()];
  }

  private double known(Quantity quantity) {
    double value = of(quantity);
    return Double.isNaN(value) ? 0 : value;
  }

  /** What of these is not in the others; no counter of it falls. */
  void riseTo(Sums whole, Sums parts) {
    for (Quantity each : Quantity.values()) {
      double rest = whole.of(each) - parts.known(each);
      int i = each.ordinal();
      if (Double.isNaN(rest)) continue;
      values[i] = Double.isNaN(values[i]) ? Math.max(0, rest) : Math.max(values[i], rest);
    }
  }
}
