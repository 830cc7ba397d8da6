package io.oriel.metrics.head;

import io.oriel.metrics.block.Runs;
import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.Histogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The out-of-order samples of one series, sorted, in runs of some hundreds. Immutable: one more
 * sample makes one run anew, and a reader keeps what it has. Those that different cuts take into
 * blocks are parts of different numbers, the newest first.
 */
final class LateSamples {
  /** What a series costs beside its samples, in samples. */
  static final int SERIES_WEIGHT = 8;

  private static final int MOST_IN_RUN = 256;
  private static final SampleColumns[] NO_RUNS = {};

  /** Of the cut that takes these. */
  final int number;

  private final SampleColumns[] runs;
  private final @Nullable LateSamples older; // of lower numbers

  private LateSamples(int number, SampleColumns[] runs, @Nullable LateSamples older) {
    this.number = number;
    this.runs = runs;
    this.older = older;
  }

  /**
   * What there was, and more.
   *
   * @param more with rising times, none of which is there under this number; they are copied
   */
  static LateSamples with(@Nullable LateSamples before, int number, SampleColumns more) {
    return before == null || before.number != number
        ? new LateSamples(number, merged(NO_RUNS, more), before)
        : new LateSamples(number, merged(before.runs, more), before.older);
  }

  private static SampleColumns[] merged(SampleColumns[] runs, SampleColumns more) {
    var all = new ArrayList<SampleColumns>(runs.length + 1);
    int next = 0;
    for (int run = 0; run < runs.length; run++) {
      long endMs = run + 1 < runs.length ? runs[run + 1].times[0] : Long.MAX_VALUE;
      int from = next;
      while (next < more.size && more.times[next] < endMs) next++;
      if (from == next) all.add(runs[run]);
      else addJoined(runs[run], more, from, next, all);
    }
    if (runs.length == 0) addJoined(new SampleColumns(0), more, 0, more.size, all);
    return all.toArray(SampleColumns[]::new);
  }

  private static void addJoined(
      SampleColumns run, SampleColumns more, int from, int to, List<SampleColumns> into) {
    var joined = new SampleColumns(run.size + to - from);
    joined.addAll(run, 0, run.size);
    joined.addAll(more, from, to);
    Runs.join(joined, 0, run.size);
    int pieces = (joined.size + MOST_IN_RUN - 1) / MOST_IN_RUN;
    for (int piece = 0; piece < pieces; piece++) {
      int first = (int) ((long) joined.size * piece / pieces);
      int last = (int) ((long) joined.size * (piece + 1) / pieces);
      into.add(pieces == 1 ? joined : part(joined, first, last));
    }
  }

  private static SampleColumns part(SampleColumns of, int from, int to) {
    var part = new SampleColumns(to - from);
    part.addAll(of, from, to);
    return part;
  }

  /**
   * Leaves the samples before a time to the cut of this number; those from it on get the next one.
   */
  LateSamples split(long beforeMs, int next) {
    var left = new ArrayList<SampleColumns>();
    var right = new ArrayList<SampleColumns>();
    for (SampleColumns run : runs) {
      int at = firstFrom(run, beforeMs);
      if (at > 0) left.add(at == run.size ? run : part(run, 0, at));
      if (at < run.size) right.add(at == 0 ? run : part(run, at, run.size));
    }
    if (right.isEmpty()) return this;
    LateSamples rest =
        left.isEmpty() ? older : new LateSamples(number, left.toArray(SampleColumns[]::new), older);
    return new LateSamples(next, right.toArray(SampleColumns[]::new), rest);
  }

  /** Without those of lower numbers; null where nothing is left. */
  @Nullable LateSamples from(int first) {
    if (number < first) return null;
    if (older == null) return this;
    LateSamples kept = older.from(first);
    return kept == older ? this : new LateSamples(number, runs, kept);
  }

  /** Adds the samples within the bounds, of numbers from one to before another, by rising time. */
  void read(long fromMs, long toMs, int first, int end, SampleColumns into) {
    int start = into.size;
    if (older != null && older.number >= first) older.read(fromMs, toMs, first, end, into);
    if (number < first || number >= end) return;
    int middle = into.size;
    for (int run = firstRun(fromMs); run < runs.length && runs[run].times[0] <= toMs; run++) {
      int from = firstFrom(runs[run], fromMs);
      int to = toMs == Long.MAX_VALUE ? runs[run].size : firstFrom(runs[run], toMs + 1);
      into.addAll(runs[run], from, to);
    }
    Runs.join(into, start, middle);
  }

  /** Whether there are samples within the bounds, of numbers from one on. */
  boolean holds(long fromMs, long toMs, int first) {
    if (number < first) return false;
    int run = firstRun(fromMs);
    if (run < runs.length) {
      int at = firstFrom(runs[run], fromMs);
      if (at < runs[run].size && runs[run].times[at] <= toMs) return true;
    }
    return older != null && older.holds(fromMs, toMs, first);
  }

  /** The first run that ends at a time or behind it. */
  private int firstRun(long fromMs) {
    int low = 0;
    int high = runs.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (runs[middle].times[runs[middle].size - 1] < fromMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The first sample of a run at a time or behind it; the size where there is none. */
  private static int firstFrom(SampleColumns run, long fromMs) {
    int at = Arrays.binarySearch(run.times, 0, run.size, fromMs);
    return at >= 0 ? at : -at - 1;
  }

  /** Tells the time of each sample, of numbers from one to before another. */
  void eachTime(int first, int end, LongConsumer hearer) {
    if (older != null && older.number >= first) older.eachTime(first, end, hearer);
    if (number < first || number >= end) return;
    for (SampleColumns run : runs) {
      for (int i = 0; i < run.size; i++) hearer.accept(run.times[i]);
    }
  }

  /** What those of numbers from one to before another cost, in samples. */
  long weight(int first, int end) {
    long weight = older == null ? 0 : older.weight(first, end);
    if (number < first || number >= end) return weight;
    weight += SERIES_WEIGHT;
    for (SampleColumns run : runs) {
      weight += run.size;
      for (int i = 0; run.histograms != null && i < run.size; i++) {
        weight += weight(run.histogram(i)) - 1;
      }
    }
    return weight;
  }

  static int weight(@Nullable Histogram histogram) {
    return histogram == null ? 1 : histogram.weight();
  }
}
