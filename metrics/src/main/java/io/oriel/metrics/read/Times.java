package io.oriel.metrics.read;

import io.oriel.model.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A set of moments as spans of time that don't touch, by time. Immutable. */
record Times(List<TimeRange> spans) {
  static final Times NONE = new Times(List.of());

  /** All that lies in any of the spans. */
  static Times of(List<TimeRange> any) {
    var sorted = new ArrayList<>(any);
    sorted.sort(Comparator.comparingLong(TimeRange::startMs));
    var joined = new ArrayList<TimeRange>();
    for (TimeRange next : sorted) {
      TimeRange last = joined.isEmpty() ? null : joined.getLast();
      if (last == null || !touch(last, next)) {
        joined.add(next);
      } else if (next.endMs() > last.endMs()) {
        joined.set(joined.size() - 1, new TimeRange(last.startMs(), next.endMs()));
      }
    }
    return new Times(List.copyOf(joined));
  }

  private static boolean touch(TimeRange first, TimeRange next) {
    return first.endMs() == Long.MAX_VALUE || next.startMs() <= first.endMs() + 1;
  }

  boolean isEmpty() {
    return spans.isEmpty();
  }

  /** What lies in either. */
  Times or(Times other) {
    var all = new ArrayList<>(spans);
    all.addAll(other.spans);
    return of(all);
  }

  /** What lies in both. */
  Times and(Times other) {
    var both = new ArrayList<TimeRange>();
    for (TimeRange mine : spans) {
      for (TimeRange its : other.spans) {
        long start = Math.max(mine.startMs(), its.startMs());
        long end = Math.min(mine.endMs(), its.endMs());
        if (start <= end) both.add(new TimeRange(start, end));
      }
    }
    return new Times(List.copyOf(both));
  }

  /** What lies in this and not in the other. */
  Times minus(Times other) {
    List<TimeRange> left = spans;
    for (TimeRange out : other.spans) {
      var next = new ArrayList<TimeRange>();
      for (TimeRange mine : left) {
        if (!mine.overlaps(out.startMs(), out.endMs())) {
          next.add(mine);
          continue;
        }
        if (mine.startMs() < out.startMs()) {
          next.add(new TimeRange(mine.startMs(), out.startMs() - 1));
        }
        if (mine.endMs() > out.endMs()) next.add(new TimeRange(out.endMs() + 1, mine.endMs()));
      }
      left = next;
    }
    return new Times(List.copyOf(left));
  }
}
