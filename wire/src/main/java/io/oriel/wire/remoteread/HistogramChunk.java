package io.oriel.wire.remoteread;

import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import java.util.Arrays;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One chunk of native histograms in Prometheus' encoding with float counts, which says every
 * histogram: the number of samples (two bytes, big-endian), what is known of counter resets, the
 * layout that all share, then samples as bits.
 *
 * <p>All samples of a chunk have one layout, so a chunk ends before a histogram of another schema,
 * zero bucket or custom bounds, before a counter reset, and where a gauge becomes a counter. The
 * buckets of its layout are those that any of its histograms fills.
 *
 * <p>Source: {@code tsdb/chunkenc/float_histogram.go}, {@code histogram_meta.go}. Keeps its room;
 * not thread-safe.
 */
final class HistogramChunk {
  private static final int MOST_SAMPLES = 120;
  private static final int MOST_BUCKETS = 4096; // of a side; so that a chunk stays below a frame

  private static final int THRESHOLD_AS_IT_IS = 255;
  private static final int THRESHOLD_SHIFT = 243;
  private static final long MOST_THOUSANDTHS = 33_554_430; // of a bound that is written short

  private final BitsOut out = new BitsOut();

  int size() {
    return out.size();
  }

  byte[] bytes() {
    return out.bytes();
  }

  /** Encodes histograms from an index on; the answer is the first that is left. */
  int encode(SampleColumns samples, int from) {
    int to = end(samples, from);
    Histogram first = layoutOf(samples, from, to);
    out.clear();
    out.bits(to - from, 16);
    out.bits((long) resetCode(at(samples, from)) << 6, 8);
    int[] positive = indexes(samples, from, to, true);
    int[] negative = indexes(samples, from, to, false);
    layout(first, positive, negative);
    rows(samples, from, to, positive, negative);
    return to;
  }

  private static Histogram at(SampleColumns samples, int index) {
    Histogram histogram = samples.histogram(index);
    if (histogram == null) throw new IllegalArgumentException("sample " + index + " is a float");
    return histogram;
  }

  /** A marker has no layout: that of the others counts. */
  private static Histogram layoutOf(SampleColumns samples, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isMarker(at(samples, i))) return at(samples, i);
    }
    return at(samples, from);
  }

  private static boolean isMarker(Histogram histogram) {
    return Stale.isMarker(histogram.sum());
  }

  private static int end(SampleColumns samples, int from) {
    @Nullable Histogram first = isMarker(at(samples, from)) ? null : at(samples, from);
    int to = from + 1;
    if (first == null) return to; // a marker that begins a chunk is alone in it
    int buckets = first.positive().size() + first.negative().size();
    for (; to < samples.size && to - from < MOST_SAMPLES; to++) {
      Histogram next = samples.histogram(to);
      if (next == null) break;
      if (isMarker(next)) return to + 1; // what follows begins anew
      buckets += next.positive().size() + next.negative().size();
      if (!next.hasLayoutOf(first) || buckets > MOST_BUCKETS || !goesOn(first, next)) break;
    }
    return to;
  }

  /** Within a chunk a counter never begins anew; a reader takes that for said. */
  private static boolean goesOn(Histogram first, Histogram next) {
    if (first.reset() == CounterReset.GAUGE) return next.reset() == CounterReset.GAUGE;
    return next.reset() == CounterReset.NOT_RESET;
  }

  private static int resetCode(Histogram first) {
    return switch (first.reset()) {
      case UNKNOWN -> 0;
      case NOT_RESET -> 1;
      case RESET -> 2;
      case GAUGE -> 3;
    };
  }

  private static int[] indexes(SampleColumns samples, int from, int to, boolean positive) {
    var indexes = new TreeSet<Integer>();
    for (int i = from; i < to; i++) {
      if (isMarker(at(samples, i))) continue;
      for (int index : side(at(samples, i), positive).indexes()) indexes.add(index);
    }
    return indexes.stream().mapToInt(Integer::intValue).toArray();
  }

  private static Buckets side(Histogram histogram, boolean positive) {
    return positive ? histogram.positive() : histogram.negative();
  }

  private void layout(Histogram shared, int[] positive, int[] negative) {
    threshold(shared.zeroThreshold());
    out.varbitSigned(shared.schema());
    spans(positive);
    spans(negative);
    if (shared.custom()) bounds(shared.customBounds());
  }

  /** A power of two, as most are, is one byte. */
  private void threshold(double threshold) {
    int code = threshold == 0 ? 0 : Math.getExponent(threshold) + 1 + THRESHOLD_SHIFT;
    boolean isShort =
        threshold == 0
            || (code >= 1
                && code < THRESHOLD_AS_IT_IS
                && Math.scalb(0.5, code - THRESHOLD_SHIFT) == threshold);
    out.bits(isShort ? code : THRESHOLD_AS_IT_IS, 8);
    if (!isShort) out.bits(Double.doubleToRawLongBits(threshold), 64);
  }

  /** Runs of buckets side by side: each has a length and a distance to the one before. */
  private void spans(int[] indexes) {
    int runs = 0;
    for (int i = 0; i < indexes.length; i++) if (beginsRun(indexes, i)) runs++;
    out.varbitUnsigned(runs);
    int next = 0;
    for (int i = 0; i < indexes.length; ) {
      int begin = i;
      do i++;
      while (i < indexes.length && !beginsRun(indexes, i));
      out.varbitUnsigned(i - begin);
      out.varbitSigned((long) indexes[begin] - next);
      next = indexes[i - 1] + 1;
    }
  }

  private static boolean beginsRun(int[] indexes, int i) {
    return i == 0 || indexes[i] != indexes[i - 1] + 1;
  }

  /** A bound of whole thousandths is short. */
  private void bounds(double[] bounds) {
    out.varbitUnsigned(bounds.length);
    for (double bound : bounds) {
      double thousandths = Math.rint(bound * 1000);
      boolean isShort =
          thousandths >= 0 && thousandths <= MOST_THOUSANDTHS && thousandths / 1000 == bound;
      out.varbitUnsigned(isShort ? (long) thousandths + 1 : 0);
      if (!isShort) out.bits(Double.doubleToRawLongBits(bound), 64);
    }
  }

  private void rows(SampleColumns samples, int from, int to, int[] positive, int[] negative) {
    var columns = new XorOut[3 + positive.length + negative.length];
    for (int i = 0; i < columns.length; i++) columns[i] = new XorOut();
    long delta = 0;
    for (int i = from; i < to; i++) {
      long step = i == from ? samples.times[i] : samples.times[i] - samples.times[i - 1];
      out.varbitSigned(i < from + 2 ? step : step - delta);
      delta = step;
      row(at(samples, i), i == from, columns, positive, negative);
    }
  }

  private void row(
      Histogram histogram, boolean first, XorOut[] columns, int[] positive, int[] negative) {
    boolean marker = isMarker(histogram);
    value(marker ? 0 : histogram.count(), first, columns[0]);
    value(marker ? 0 : histogram.zeroCount(), first, columns[1]);
    value(histogram.sum(), first, columns[2]);
    if (marker) return; // and no bucket follows
    buckets(histogram.positive(), positive, first, columns, 3);
    buckets(histogram.negative(), negative, first, columns, 3 + positive.length);
  }

  private void buckets(Buckets side, int[] indexes, boolean first, XorOut[] columns, int at) {
    for (int i = 0; i < indexes.length; i++) {
      int found = Arrays.binarySearch(side.indexes(), indexes[i]);
      value(found < 0 ? 0 : side.counts()[found], first, columns[at + i]);
    }
  }

  private void value(double value, boolean first, XorOut column) {
    if (first) column.first(value, out);
    else column.next(value, out);
  }
}
