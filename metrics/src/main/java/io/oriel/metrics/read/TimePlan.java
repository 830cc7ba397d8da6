package io.oriel.metrics.read;

import io.oriel.metrics.block.Aggregation;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.SelectHints;
import io.oriel.model.backend.SelectHints.Reading;
import io.oriel.storage.manifest.Manifest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which time of a query is read from what: each moment either from aggregates of one resolution or
 * from samples, so that nothing counts twice. Borders are ends of the longest stretches. The rules
 * are told in docs/long-ranges.md.
 */
public final class TimePlan {
  /** Windows that don't begin and end with stretches are blurred by up to one of them. */
  private static final int BLUR_PARTS = 24;

  private static final long FAR_AHEAD = Long.MAX_VALUE / 2; // there is room for a stretch behind it

  private final List<Manifest.Entry> blocks;
  private final SelectHints hints;
  private final Times inHead;
  private final Times gone; // where samples are not, or not all, any more
  private final TreeMap<Long, Times> parts = new TreeMap<>();
  private Times left;

  private TimePlan(TimeRange range, List<Manifest.Entry> blocks, Memory head, SelectHints hints) {
    this.blocks = blocks;
    this.hints = hints;
    this.inHead = stretches(head.times());
    long goneTo = goneTo(blocks, head.fromMs());
    this.gone =
        goneTo == Long.MIN_VALUE
            ? Times.NONE
            : new Times(List.of(new TimeRange(Long.MIN_VALUE, goneTo)));
    this.left = new Times(List.of(range));
  }

  /**
   * What the head has, which is in no block.
   *
   * @param fromMs from where on it has what came in order
   * @param times all that any sample of it lies in, whatever its order
   */
  record Memory(long fromMs, List<TimeRange> times) {}

  /**
   * Plans a query.
   *
   * @param blocks those that are whole
   * @return by resolution, that of samples is 0; all together are the range
   */
  static Map<Long, Times> of(
      TimeRange range, List<Manifest.Entry> blocks, Memory head, SelectHints hints) {
    return new TimePlan(range, blocks, head, hints).run();
  }

  private Map<Long, Times> run() {
    List<Long> finestFirst =
        blocks.stream()
            .map(Manifest.Entry::resolutionMs)
            .filter(each -> each > 0 && each <= hints.coarsestMs())
            .distinct()
            .sorted()
            .toList();
    var coarsestFirst = new ArrayList<>(finestFirst);
    Collections.reverse(coarsestFirst);
    for (long resolution : coarsestFirst) {
      if (serves(hints, resolution)) take(resolution, upToDate(resolution));
    }
    for (long resolution : finestFirst) take(resolution, covered(resolution).and(gone));
    parts.put(0L, left);
    return parts;
  }

  private void take(long resolution, Times times) {
    Times mine = times.and(left);
    left = left.minus(mine);
    parts.merge(resolution, mine, Times::or);
  }

  /** Whether rows of a resolution do as well as samples. */
  static boolean serves(SelectHints hints, long resolutionMs) {
    if (hints.reading() == Reading.OTHER) return false;
    if (hints.reading() == Reading.NEWEST) return isAligned(hints, resolutionMs);
    boolean isStepLong = hints.stepMs() == 0 || hints.stepMs() >= resolutionMs;
    return isStepLong
        && (hints.fallsOn(resolutionMs) || hints.windowMs() >= BLUR_PARTS * resolutionMs);
  }

  /** Whether each step falls on the end of a stretch: then its last sample is the newest. */
  static boolean isAligned(SelectHints hints, long resolutionMs) {
    return hints.stepMs() > 0
        && hints.stepMs() % resolutionMs == 0
        && Math.floorMod(hints.firstMs(), resolutionMs) == 0;
  }

  private Times covered(long resolution) {
    return Times.of(
        blocks.stream()
            .filter(each -> each.resolutionMs() == resolution)
            .map(Manifest.Entry::range)
            .toList());
  }

  /**
   * Where samples came in after the aggregates were made, these count as long as they are there: in
   * blocks, and in the head, whose samples no aggregate has.
   */
  private Times upToDate(long resolution) {
    var lacking = new ArrayList<TimeRange>();
    for (Manifest.Entry aggregate : blocks) {
      if (aggregate.resolutionMs() != resolution) continue;
      for (Manifest.Entry block : blocks) {
        boolean isNews =
            !block.isAggregate()
                && block.newsAfter() >= aggregate.newsAfter()
                && block.newsAfter() > 0;
        if (isNews) lacking.addAll(overlap(aggregate.range(), block.range()));
      }
    }
    return covered(resolution).minus(Times.of(lacking).or(inHead).minus(gone));
  }

  private List<TimeRange> overlap(TimeRange aggregate, TimeRange news) {
    return new Times(List.of(aggregate)).and(stretches(List.of(news))).spans();
  }

  /** The longest stretches that any of these reach into. */
  private Times stretches(List<TimeRange> any) {
    long longest = longest(blocks);
    if (longest == 0) return Times.NONE;
    return Times.of(
        any.stream()
            .map(each -> {
              long start = Aggregation.endOf(each.startMs(), longest) - longest + 1;
              return new TimeRange(start, Aggregation.endOf(each.endMs(), longest));
            })
            .toList());
  }

  /**
   * Up to where samples have gone: to the first block, or behind it where others overlap it and
   * more may have gone than can be seen.
   *
   * @param blocks those that are whole
   * @param headFromMs from where on the head has samples
   * @return the end of a stretch; the least long where all are there that there ever were
   */
  public static long goneTo(List<Manifest.Entry> blocks, long headFromMs) {
    long longest = longest(blocks);
    long from = samplesFrom(blocks, headFromMs);
    if (longest == 0 || from == Long.MIN_VALUE) return Long.MIN_VALUE;
    long end = Aggregation.endOf(from, longest);
    boolean isAnyBefore =
        blocks.stream()
            .anyMatch(each -> each.isAggregate() && each.range().startMs() <= end - longest);
    return isAnyBefore ? end : Long.MIN_VALUE;
  }

  private static long samplesFrom(List<Manifest.Entry> blocks, long headFromMs) {
    List<Manifest.Entry> samples = blocks.stream().filter(each -> !each.isAggregate()).toList();
    if (samples.isEmpty()) return Math.min(headFromMs, FAR_AHEAD);
    Manifest.Entry first = Collections.min(samples, Comparator.comparingLong(TimePlan::end));
    boolean isApart =
        samples.stream()
            .allMatch(each -> each.equals(first) || each.range().startMs() > end(first));
    return isApart ? first.range().startMs() : end(first) + 1;
  }

  private static long longest(List<Manifest.Entry> blocks) {
    return blocks.stream().mapToLong(Manifest.Entry::resolutionMs).max().orElse(0);
  }

  private static long end(Manifest.Entry block) {
    return block.range().endMs();
  }
}
