package io.oriel.metrics.head;

import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The hours that out-of-order samples lie in, each with the number of the newest cut that takes any
 * of them: what stands for a whole hour elsewhere lacks these. An hour is open on the left and
 * closed on the right, as the stretches of aggregates are.
 *
 * <p>It may name an hour too many, never one too few: an hour is entered before its sample can be
 * read, and goes after it.
 */
final class LateHours {
  private static final long HOUR_MS = 3_600_000;

  /** More are told as one, from the first to the last: what asks goes through all of them. */
  private static final int MOST_SPANS = 256;

  private final ConcurrentSkipListMap<Long, Integer> numbers = new ConcurrentSkipListMap<>();

  private static long hourOf(long timeMs) {
    return Math.ceilDiv(timeMs, HOUR_MS);
  }

  /** Enters samples that a cut takes, by rising time. */
  void add(SampleColumns more, int number) {
    long entered = Long.MIN_VALUE;
    for (int i = 0; i < more.size; i++) {
      long hour = hourOf(more.times[i]);
      if (hour != entered) enter(hour, number);
      entered = hour;
    }
  }

  private void enter(long hour, int number) {
    Integer known = numbers.get(hour);
    if (known == null || known < number) numbers.merge(hour, number, Math::max);
  }

  /** Says that another cut takes what is from a time on, of numbers from one on. */
  void handOn(long fromMs, int first, int next) {
    for (Map.Entry<Long, Integer> each : numbers.tailMap(hourOf(fromMs)).entrySet()) {
      if (each.getValue() >= first) enter(each.getKey(), next);
    }
  }

  /** Forgets the hours of which only lower numbers have something. */
  void drop(int before) {
    numbers.entrySet().removeIf(each -> each.getValue() < before);
  }

  /** The hours within a time of which cuts from a number on take something, by time, joined. */
  List<TimeRange> spans(TimeRange within, int from) {
    var hours = numbers.subMap(hourOf(within.startMs()), true, hourOf(within.endMs()), true);
    var spans = new ArrayList<TimeRange>();
    for (Map.Entry<Long, Integer> each : hours.entrySet()) {
      if (each.getValue() < from) continue;
      long end = each.getKey() * HOUR_MS;
      long start = end - HOUR_MS + 1;
      boolean touches = !spans.isEmpty() && spans.getLast().endMs() + 1 == start;
      if (touches) start = spans.removeLast().startMs();
      spans.add(new TimeRange(start, end));
    }
    if (spans.size() <= MOST_SPANS) return spans;
    return List.of(new TimeRange(spans.getFirst().startMs(), spans.getLast().endMs()));
  }
}
