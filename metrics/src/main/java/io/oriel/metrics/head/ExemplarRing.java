package io.oriel.metrics.head;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.ExemplarSource;
import io.oriel.model.backend.Receipt.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The newest exemplars of all series: when there are too many, or they take too many bytes, the one
 * that came first goes. Thread-safe; who adds to a series holds the lock of its shard.
 *
 * <p>Source of the rules: Prometheus, {@code tsdb/exemplar.go}.
 */
final class ExemplarRing implements ExemplarSource {
  private static final int MOST_CHARACTERS = 128; // of the labels, names and values together
  private static final long MOST_BYTES = 64 << 20;
  private static final int BYTES_EACH = 200; // objects and references, about
  private static final Comparator<Exemplar> ORDER =
      Comparator.comparingLong(Exemplar::timeMs)
          .thenComparingDouble(Exemplar::value)
          .thenComparing(Exemplar::labels);

  private final int most;
  private final ArrayDeque<OfOne> byArrival = new ArrayDeque<>();
  private final Map<Labels, OfOne> bySeries = new HashMap<>();
  private long bytes;

  /** The exemplars of one series, by rising time. */
  private static final class OfOne {
    final Labels series;
    final ArrayDeque<Exemplar> exemplars = new ArrayDeque<>(2);

    OfOne(Labels series) {
      this.series = series;
    }
  }

  /**
   * @param most exemplars of all series together; 0: none are kept
   */
  ExemplarRing(int most) {
    this.most = most;
  }

  /** Why an exemplar is not taken behind the newest of its series; null where it is. */
  static @Nullable Reason refusal(@Nullable Exemplar newest, Exemplar now, long latestMs) {
    if (now.timeMs() > latestMs) return Reason.EXEMPLAR_TOO_FAR_AHEAD;
    if (characters(now.labels()) > MOST_CHARACTERS) return Reason.EXEMPLAR_TOO_LONG;
    return newest != null && ORDER.compare(now, newest) < 0 ? Reason.EXEMPLAR_OUT_OF_ORDER : null;
  }

  private static int characters(Labels labels) {
    int count = 0;
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.nameAt(i);
      String value = labels.valueAt(i);
      count += name.codePointCount(0, name.length()) + value.codePointCount(0, value.length());
    }
    return count;
  }

  /** The newest of a series, null where it has none. */
  synchronized @Nullable Exemplar newest(Labels series) {
    OfOne known = bySeries.get(series);
    return known == null ? null : known.exemplars.peekLast();
  }

  /** Adds one that the rules allow. */
  synchronized void add(Labels series, Exemplar exemplar) {
    if (most == 0) return;
    OfOne of = bySeries.get(series);
    if (of == null) {
      of = new OfOne(series);
      bySeries.put(series, of);
      bytes += bytes(series);
    }
    of.exemplars.add(exemplar);
    byArrival.add(of);
    bytes += bytes(exemplar.labels());
    while (byArrival.size() > most || bytes > MOST_BYTES) dropOldest();
  }

  private void dropOldest() {
    OfOne of = byArrival.remove();
    bytes -= bytes(of.exemplars.remove().labels());
    if (!of.exemplars.isEmpty()) return;
    bySeries.remove(of.series);
    bytes -= bytes(of.series);
  }

  private static long bytes(Labels labels) {
    long bytes = BYTES_EACH;
    for (int i = 0; i < labels.size(); i++) {
      bytes += labels.nameAt(i).length() + labels.valueAt(i).length();
    }
    return bytes;
  }

  /** Adds one of the log, which a checkpoint may have brought already. */
  synchronized void restore(Labels series, Exemplar exemplar) {
    Exemplar newest = newest(series);
    if (newest == null || ORDER.compare(exemplar, newest) > 0) add(series, exemplar);
  }

  /** Tells all, in the order in which they came. */
  synchronized void forEach(BiConsumer<Labels, Exemplar> consumer) {
    var next = new HashMap<OfOne, Iterator<Exemplar>>();
    for (OfOne of : byArrival) {
      var left = next.computeIfAbsent(of, each -> each.exemplars.iterator());
      consumer.accept(of.series, left.next());
    }
  }

  synchronized int size() {
    return byArrival.size();
  }

  @Override
  public synchronized List<OfSeries> exemplars(List<List<Matcher>> selections, TimeRange range) {
    var found = new ArrayList<OfSeries>();
    for (OfOne of : bySeries.values()) {
      boolean isAsked =
          selections.stream().anyMatch(each -> each.stream().allMatch(m -> m.matches(of.series)));
      if (!isAsked) continue;
      List<Exemplar> within =
          of.exemplars.stream().filter(each -> range.contains(each.timeMs())).toList();
      if (!within.isEmpty()) found.add(new OfSeries(of.series, within));
    }
    found.sort(Comparator.comparing(OfSeries::series));
    return found;
  }
}
