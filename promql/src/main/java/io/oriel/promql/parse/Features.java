package io.oriel.promql.parse;

/**
 * What of the language is switched on.
 *
 * @param experimental functions, durations that are computed, {@code anchored}, {@code fill} and
 *     whatever else Prometheus keeps behind a flag of its own
 */
public record Features(boolean experimental) {
  public static final Features STABLE = new Features(false);
  public static final Features ALL = new Features(true);
}
