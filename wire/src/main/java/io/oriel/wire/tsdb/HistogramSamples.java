package io.oriel.wire.tsdb;

import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;

/**
 * Reads chunks of native histograms: those that count in whole numbers and those that don't.
 * Source: {@code tsdb/chunkenc/histogram.go}, {@code float_histogram.go}.
 */
final class HistogramSamples {
  private final BitWalk in;
  private final HistogramLayout layout;
  private final CounterReset later; // what a sample says of the one before it in the chunk
  private final SampleColumns into;

  private HistogramSamples(
      BitWalk in, HistogramLayout layout, CounterReset later, SampleColumns into) {
    this.in = in;
    this.layout = layout;
    this.later = later;
    this.into = into;
  }

  /**
   * Reads a chunk.
   *
   * @param floats whether counts are floats
   * @return whether all samples were there
   */
  static boolean read(byte[] data, boolean floats, SampleColumns into) {
    var in = new BitWalk(data, 0);
    int count = (int) in.bits(16);
    CounterReset first =
        switch ((int) in.bits(8) >>> 6) {
          case 1 -> CounterReset.NOT_RESET;
          case 2 -> CounterReset.RESET;
          case 3 -> CounterReset.GAUGE;
          default -> CounterReset.UNKNOWN;
        };
    HistogramLayout layout = HistogramLayout.read(in);
    if (layout == null) return false;
    boolean gauge = first == CounterReset.GAUGE;
    var samples =
        new HistogramSamples(in, layout, gauge ? CounterReset.GAUGE : CounterReset.NOT_RESET, into);
    if (floats) samples.floats(count, first);
    else samples.wholes(count, first);
    return !in.beyond();
  }

  private void add(long time, Histogram histogram) {
    if (!in.beyond()) into.add(time, histogram);
  }

  private static Histogram marker() {
    Histogram nothing = Histogram.EMPTY;
    return new Histogram(
        nothing.schema(),
        0,
        Stale.MARKER,
        0,
        0,
        nothing.positive(),
        nothing.negative(),
        nothing.customBounds(),
        CounterReset.UNKNOWN);
  }

  /** A time or a count as a difference of differences. */
  private static final class Steps {
    private long value;
    private long delta;

    long next(int sample, long read) {
      switch (sample) {
        case 0 -> value = read;
        case 1 -> {
          delta = read;
          value += delta;
        }
        default -> {
          delta += read;
          value += delta;
        }
      }
      return value;
    }
  }

  private static Steps[] steps(int count) {
    var steps = new Steps[count];
    for (int i = 0; i < count; i++) steps[i] = new Steps();
    return steps;
  }

  private void wholes(int count, CounterReset first) {
    var time = new Steps();
    var all = new Steps();
    var zeros = new Steps();
    var sums = new XorWindow();
    Steps[] positive = steps(layout.positive().length);
    Steps[] negative = steps(layout.negative().length);
    for (int i = 0; i < count && !in.beyond(); i++) {
      long at = time.next(i, in.varbitSigned());
      long observations = all.next(i, i == 0 ? in.varbitUnsigned() : in.varbitSigned());
      long inZero = zeros.next(i, i == 0 ? in.varbitUnsigned() : in.varbitSigned());
      double sum = i == 0 ? sums.first(in) : sums.next(in);
      if (Stale.isMarker(sum)) {
        add(at, marker()); // and no bucket follows
        continue;
      }
      double[] above = counts(i, positive);
      double[] below = counts(i, negative);
      add(
          at,
          layout.histogram(
              (double) observations, sum, (double) inZero, above, below, i == 0 ? first : later));
    }
  }

  /** Each bucket is stored as its difference to the bucket before it. */
  private double[] counts(int sample, Steps[] buckets) {
    var counts = new double[buckets.length];
    long count = 0;
    for (int i = 0; i < buckets.length; i++) {
      count += buckets[i].next(sample, in.varbitSigned());
      counts[i] = count;
    }
    return counts;
  }

  private void floats(int count, CounterReset first) {
    var time = new Steps();
    var all = new XorWindow();
    var zeros = new XorWindow();
    var sums = new XorWindow();
    XorWindow[] positive = windows(layout.positive().length);
    XorWindow[] negative = windows(layout.negative().length);
    for (int i = 0; i < count && !in.beyond(); i++) {
      long at = time.next(i, in.varbitSigned());
      double observations = next(i, all);
      double inZero = next(i, zeros);
      double sum = next(i, sums);
      if (Stale.isMarker(sum)) {
        add(at, marker());
        continue;
      }
      double[] above = counts(i, positive);
      double[] below = counts(i, negative);
      add(at, layout.histogram(observations, sum, inZero, above, below, i == 0 ? first : later));
    }
  }

  private double next(int sample, XorWindow window) {
    return sample == 0 ? window.first(in) : window.next(in);
  }

  private static XorWindow[] windows(int count) {
    var windows = new XorWindow[count];
    for (int i = 0; i < count; i++) windows[i] = new XorWindow();
    return windows;
  }

  private double[] counts(int sample, XorWindow[] buckets) {
    var counts = new double[buckets.length];
    for (int i = 0; i < buckets.length; i++) counts[i] = next(sample, buckets[i]);
    return counts;
  }
}
