package io.oriel.scrape.config;

/**
 * What is kept of histograms that a target tells with native buckets.
 *
 * @param asNative the native ones; only protocol buffers have them, which are asked for then
 * @param classicToo the classic buckets beside them
 */
public record HistogramSettings(boolean asNative, boolean classicToo) {
  /** Classic buckets alone. */
  public static final HistogramSettings CLASSIC = new HistogramSettings(false, false);
}
