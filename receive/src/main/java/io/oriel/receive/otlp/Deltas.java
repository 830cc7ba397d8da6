package io.oriel.receive.otlp;

import io.oriel.model.Labels;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.histogram.HistogramSum;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.wire.otlp.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sums up what comes as differences, since Prometheus knows totals alone: so many series at most,
 * each until nobody has sent it for a while. One request at a time adds to it; when the request
 * comes to nothing, what it added is taken back.
 */
final class Deltas {
  private static final long KEPT_MS = 15 * 60_000;
  private static final long SWEEP_MS = 60_000;
  private static final int BUCKETS_AS_ONE = 16; // so many more buckets weigh as one more series

  private final Limits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Labels, Total> totals = new HashMap<>();
  private final List<Runnable> undo = new ArrayList<>();
  private long weight;
  private long swept;

  /** The total of one series. */
  private static final class Total {
    long startMs;
    long lastMs;
    long touchedMs;
    int weight = 1;
    double value;
    double sum;
    double[] counts = {};
    double[] bounds = {};
    final HistogramSum histogram = new HistogramSum();
  }

  /** A difference that can't be added; the message says why. */
  static final class NotAdded extends Exception {
    private static final long serialVersionUID = 1;

    NotAdded(String why) {
      super(why, null, false, false);
    }
  }

  /** What a total is after a difference was added. */
  record Sum<P>(P point, long startMs) {}

  Deltas(Limits limits) {
    this.limits = limits;
  }

  int size() {
    lock.lock();
    try {
      return totals.size();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the turn of this thread, which it keeps until {@link #end}; more than once is once. */
  private void begin(long nowMs) {
    if (lock.isHeldByCurrentThread()) return;
    lock.lock();
    if (nowMs - swept < SWEEP_MS) return;
    swept = nowMs;
    totals
        .values()
        .removeIf(total -> {
          boolean isOld = nowMs - total.touchedMs > KEPT_MS;
          if (isOld) weight -= total.weight;
          return isOld;
        });
  }

  /** Ends a request. */
  void end(boolean isKept) {
    if (!lock.isHeldByCurrentThread()) return;
    if (!isKept) undo.reversed().forEach(Runnable::run);
    undo.clear();
    lock.unlock();
  }

  Sum<Point.Single> add(Labels series, Point.Single point, long nowMs) throws NotAdded {
    Total total = total(series, point.head(), 0, nowMs);
    double before = total.value;
    undo.add(() -> total.value = before);
    total.value += point.value();
    return new Sum<>(new Point.Single(point.head(), total.value, point.exemplars()), total.startMs);
  }

  Sum<Point.Buckets> add(Labels series, Point.Buckets point, long nowMs) throws NotAdded {
    Total total = total(series, point.head(), point.counts().length, nowMs);
    double value = total.value;
    double sum = total.sum;
    double[] counts = total.counts;
    double[] bounds = total.bounds;
    undo.add(() -> {
      total.value = value;
      total.sum = sum;
      total.counts = counts;
      total.bounds = bounds;
    });
    if (!Arrays.equals(bounds, point.bounds()) || counts.length != point.counts().length) {
      total.value = 0; // with other buckets it begins anew, as a counter reset
      total.sum = 0;
      total.counts = new double[point.counts().length];
      total.bounds = point.bounds();
      long start = total.startMs;
      undo.add(() -> total.startMs = start);
      if (bounds.length > 0) total.startMs = point.head().startMs();
    }
    total.value += point.count();
    total.sum += point.sum();
    double[] more = total.counts.clone();
    for (int i = 0; i < more.length; i++) more[i] += point.counts()[i];
    total.counts = more;
    var whole =
        new Point.Buckets(
            point.head(),
            total.value,
            point.hasSum(),
            total.sum,
            more,
            total.bounds,
            point.exemplars());
    return new Sum<>(whole, total.startMs);
  }

  Sum<Histogram> add(Labels series, Point.Head head, Histogram histogram, long nowMs)
      throws NotAdded {
    int buckets = histogram.positive().size() + histogram.negative().size();
    Total total = total(series, head, buckets, nowMs);
    @Nullable Histogram before = total.histogram.isEmpty() ? null : total.histogram.result();
    undo.add(() -> {
      if (before == null) total.histogram.clear();
      else total.histogram.set(before);
    });
    total.histogram.add(histogram);
    return new Sum<>(total.histogram.result(), total.startMs);
  }

  /** The total of a series, made where there is none, moved on to the time of a point. */
  private Total total(Labels series, Point.Head head, int buckets, long nowMs) throws NotAdded {
    begin(nowMs);
    Total found = totals.get(series);
    if (found != null && head.timeMs() <= found.lastMs) {
      throw new NotAdded("a difference that does not follow the one before it; send them in order");
    }
    Total total = found != null ? found : made(series, head, buckets);
    long last = total.lastMs;
    undo.add(() -> total.lastMs = last);
    total.lastMs = head.timeMs();
    total.touchedMs = nowMs;
    return total;
  }

  private Total made(Labels series, Point.Head head, int buckets) {
    var total = new Total();
    total.weight = 1 + buckets / BUCKETS_AS_ONE;
    limits.check(
        Limit.OTLP_DELTA_SERIES, weight + total.weight, "what is summed up of differences");
    total.startMs = head.startMs();
    totals.put(series, total);
    weight += total.weight;
    undo.add(() -> {
      totals.remove(series);
      weight -= total.weight;
    });
    return total;
  }
}
