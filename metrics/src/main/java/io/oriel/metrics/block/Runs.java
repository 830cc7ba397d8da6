package io.oriel.metrics.block;

import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.storage.block.Lease;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joins runs of samples of one series, which may overlap, into one that rises. */
public final class Runs {
  private static final int NONE = -2;

  private Runs() {}

  /**
   * Brings the samples from {@code start} on in order, where those before {@code middle} and those
   * from it on are in order already. Of two samples of one time the later run's is kept, whole:
   * with its histogram and its start time.
   */
  public static void join(SampleColumns samples, int start, int middle) {
    int end = samples.size;
    if (middle == start || middle == end) return;
    if (samples.times[middle - 1] < samples.times[middle]) { // as good as always
      if (samples.histograms != null) doubtBehindUnknown(samples, middle);
      return;
    }
    var copy = new SampleColumns(end - start);
    copy.addAll(samples, start, end);
    samples.size = start;
    join(copy, middle - start, samples);
  }

  /**
   * A sample that stands behind the one that it stood behind in its own run keeps its hint; where
   * both runs have it, either will do.
   */
  private static void join(SampleColumns from, int firstEnd, SampleColumns into) {
    long[] times = from.times;
    int start = into.size;
    int lastFirst = NONE; // what was taken last, as a sample of the first run, of the second
    int lastSecond = NONE;
    int first = 0;
    int second = firstEnd;
    while (first < firstEnd || second < from.size) {
      boolean hasBoth = first < firstEnd && second < from.size;
      boolean takeFirst = hasBoth ? times[first] < times[second] : first < firstEnd;
      boolean isInBoth = hasBoth && times[first] == times[second];
      boolean isSame = isInBoth && isSame(from.histogram(first), from.histogram(second));
      boolean goesOn = takeFirst ? lastFirst == first - 1 : lastSecond == second - 1;
      goesOn |= isSame && lastFirst == first - 1;
      int taken = takeFirst ? first : second;
      into.addAll(from, taken, taken + 1);
      if (!goesOn && into.size - 1 > start) doubt(into);
      lastFirst = takeFirst || isSame ? first : NONE;
      lastSecond = takeFirst ? NONE : second;
      if (takeFirst || isInBoth) first++;
      if (!takeFirst) second++;
    }
  }

  /** Takes the samples of a time out, from {@code from} on. */
  public static void takeOut(SampleColumns samples, int from, long startMs, long endMs) {
    int kept = from;
    boolean isBehindGap = false;
    int size = samples.size;
    for (int i = from; i < size; i++) {
      long time = samples.times[i];
      boolean isOut = startMs <= time && time <= endMs;
      if (!isOut) {
        samples.move(i, kept++);
        samples.size = kept;
        if (isBehindGap) doubt(samples);
      }
      isBehindGap = isOut;
    }
    samples.size = kept;
  }

  /** One that came late has no hint, and what stands behind it was compared with another. */
  private static void doubtBehindUnknown(SampleColumns samples, int at) {
    Histogram before = samples.histogram(at - 1);
    Histogram histogram = samples.histogram(at);
    if (before == null || histogram == null || before.reset() != CounterReset.UNKNOWN) return;
    if (histogram.reset() != CounterReset.NOT_RESET) return;
    samples.withHistograms()[at] = histogram.withReset(CounterReset.UNKNOWN);
  }

  private static boolean isSame(@Nullable Histogram a, @Nullable Histogram b) {
    if (a == null || b == null) return a == null && b == null;
    return a.sameAs(b) && a.reset() == b.reset();
  }

  /** A histogram that stands behind another than before may have been reset or not. */
  private static void doubt(SampleColumns samples) {
    Histogram histogram = samples.histogram(samples.size - 1);
    if (histogram == null || histogram.reset() == CounterReset.GAUGE) return;
    samples.withHistograms()[samples.size - 1] = histogram.withReset(CounterReset.UNKNOWN);
  }

  /**
   * Blocks in the order in which their samples are to be joined: by time where none overlaps
   * another, so that nothing needs to be moved; else as they were written.
   *
   * @param byTime by start time
   */
  public static List<Lease<MetricBlock>> inOrder(List<Lease<MetricBlock>> byTime) {
    long end = Long.MIN_VALUE;
    for (Lease<MetricBlock> each : byTime) {
      if (end >= each.range().startMs()) return asWritten(byTime);
      end = each.range().endMs();
    }
    return byTime;
  }

  private static List<Lease<MetricBlock>> asWritten(List<Lease<MetricBlock>> blocks) {
    var order = new ArrayList<>(blocks);
    order.sort(Comparator.comparingLong(Lease::writtenAfter)); // stable
    return order;
  }
}
