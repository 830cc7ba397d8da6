package io.oriel.scrape.config;

import io.oriel.model.histogram.Histogram;

/**
 * What is kept of a target's histograms.
 *
 * @param asNative the native ones; only protocol buffers have them, which are asked for then
 * @param classicToo the classic buckets beside them
 * @param classicAsCustom classic ones become native ones with custom buckets
 * @param mostBuckets a native one with more is made coarser until it has no more; 0 = no limit
 * @param finestSchema a native one with finer buckets is made so coarse
 */
public record HistogramSettings(
    boolean asNative,
    boolean classicToo,
    boolean classicAsCustom,
    long mostBuckets,
    int finestSchema) {
  /** Classic buckets alone. */
  public static final HistogramSettings CLASSIC = new HistogramSettings(false, false);

  public HistogramSettings(boolean asNative, boolean classicToo) {
    this(asNative, classicToo, false, 0, Histogram.FINEST);
  }

  /**
   * The finest schema whose buckets grow by such a factor or more, as Prometheus chooses it (its
   * {@code pickSchema}).
   *
   * @param factor from one bucket to the next; below that of the finest it is taken for that
   */
  static int schemaOf(double factor) {
    double finest = Math.pow(2, Math.scalb(1.0, -Histogram.FINEST));
    double growth = Math.max(factor, finest);
    double schema = Math.floor(-Math.log(Math.log(growth) / Math.log(2)) / Math.log(2) + 1e-9);
    return (int) Math.clamp(schema, Histogram.COARSEST, Histogram.FINEST);
  }
}
