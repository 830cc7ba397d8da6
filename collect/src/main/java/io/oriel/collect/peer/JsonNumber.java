package io.oriel.collect.peer;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A number in what a peer says. Daemons count in unsigned 64 bits and JSON has no bound at all:
 * what is larger than a {@code long} is neither cut to its low bits nor taken for the largest.
 */
public final class JsonNumber {
  private static final double TWO_TO_63 = 0x1p63;

  private JsonNumber() {}

  /** The nearest double; NaN where there is no number, or one beyond all doubles. */
  public static double of(JsonNode node) {
    return of(node, Double.NaN);
  }

  /** The same, or something else where there is none. */
  public static double of(JsonNode node, double otherwise) {
    double value = node.isNumber() ? node.asDouble() : otherwise;
    return Double.isInfinite(value) ? otherwise : value;
  }

  /** For numbers that name something; what is missing, broken or too large is something else. */
  public static long whole(JsonNode node, long otherwise) {
    return isLong(node) ? node.asLong() : otherwise;
  }

  private static boolean isLong(JsonNode node) {
    if (node.isIntegralNumber()) return node.canConvertToLong();
    double value = of(node);
    return value >= -TWO_TO_63 && value < TWO_TO_63 && value == Math.rint(value);
  }

  /** The same of fewer bits. */
  public static int small(JsonNode node, int otherwise) {
    long value = whole(node, otherwise);
    return value == (int) value ? (int) value : otherwise;
  }
}
