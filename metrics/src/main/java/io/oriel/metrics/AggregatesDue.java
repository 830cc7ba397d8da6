package io.oriel.metrics;

import io.oriel.metrics.BlockAggregation.Work;
import io.oriel.metrics.block.MetricBlock;
import io.oriel.metrics.read.Resolution;
import io.oriel.model.TimeRange;
import io.oriel.storage.block.Lease;
import io.oriel.storage.manifest.Manifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which aggregates are to be made next. Of each level, in this order: those that lack something or
 * have what is deleted, those that are not there yet, and joining; coarser ones when nothing is due
 * of the finer that they are made of.
 */
final class AggregatesDue {
  private final List<AggregateLevel> levels;
  private List<TimeRange> damaged = List.of(); // of blocks

  /** Where nothing came of blocks of these names. */
  private final Map<TimeRange, Set<String>> empty = new HashMap<>();

  AggregatesDue(List<AggregateLevel> levels) {
    this.levels = levels;
  }

  /** Remembers that nothing comes of a time, as long as there are these blocks. */
  void nothingIn(Work work, List<Lease<MetricBlock>> whole) {
    empty.put(work.time(), sources(work.level(), work.time(), whole));
  }

  private boolean isKnownEmpty(
      AggregateLevel level, TimeRange time, List<Lease<MetricBlock>> whole) {
    Set<String> known = empty.get(time);
    return known != null && known.equals(sources(level, time, whole));
  }

  private static Set<String> sources(
      AggregateLevel level, TimeRange time, List<Lease<MetricBlock>> whole) {
    return whole.stream()
        .filter(each -> each.entry().resolutionMs() == level.sourceMs())
        .filter(each -> each.range().overlaps(time.startMs(), time.endMs()))
        .map(Lease::name)
        .collect(Collectors.toSet());
  }

  /** What is due of blocks; nothing is made where one is damaged. Null: nothing is. */
  @Nullable Work next(List<Lease<MetricBlock>> blocks, long headFromMs, long nowMs) {
    damaged =
        blocks.stream().filter(each -> each.block().damage() != null).map(Lease::range).toList();
    List<Lease<MetricBlock>> whole =
        blocks.stream().filter(each -> each.block().damage() == null).toList();
    for (AggregateLevel level : levels) {
      Work work = wrong(level, whole);
      if (work == null) work = missing(level, whole, headFromMs, nowMs);
      if (work == null) work = joining(level, whole);
      if (work != null) return work;
    }
    return null;
  }

  private boolean isWhole(TimeRange time) {
    return damaged.stream().noneMatch(each -> each.overlaps(time.startMs(), time.endMs()));
  }

  private @Nullable Work wrong(AggregateLevel level, List<Lease<MetricBlock>> whole) {
    for (Lease<MetricBlock> each : whole) {
      if (each.entry().resolutionMs() != level.resolutionMs()) continue;
      boolean isWrong = each.block().hidesAny() || lacksNews(each.entry(), whole);
      if (isWrong && isWhole(each.range())) {
        return new Work(level, each.range(), List.of(each.name()));
      }
    }
    return null;
  }

  private static boolean lacksNews(Manifest.Entry aggregate, List<Lease<MetricBlock>> whole) {
    return whole.stream()
        .map(Lease::entry)
        .anyMatch(block ->
            !block.isAggregate()
                && block.newsAfter() > 0
                && block.newsAfter() >= aggregate.newsAfter()
                && block.range().overlaps(aggregate.range().startMs(), aggregate.range().endMs()));
  }

  private @Nullable Work missing(
      AggregateLevel level, List<Lease<MetricBlock>> whole, long headFromMs, long nowMs) {
    long span = level.span().toMillis();
    long before = Math.min(headFromMs, nowMs - level.age().toMillis());
    if (level.sourceMs() > 0) before = Math.min(before, sourceEnd(level, whole));
    for (Lease<MetricBlock> source : whole) {
      if (source.entry().resolutionMs() != level.sourceMs()) continue;
      long number = Math.floorDiv(source.range().startMs() - 1, span);
      for (; number * span < source.range().endMs(); number++) {
        long end = (number + 1) * span;
        if (end >= before) break;
        TimeRange free = free(new TimeRange(number * span + 1, end), level, whole);
        if (free == null || isKnownEmpty(level, free, whole)) continue;
        boolean isDue =
            free.overlaps(source.range().startMs(), source.range().endMs()) && isWhole(free);
        if (isDue) return new Work(level, free, List.of());
      }
    }
    return null;
  }

  private static long sourceEnd(AggregateLevel level, List<Lease<MetricBlock>> whole) {
    return whole.stream()
        .filter(each -> each.entry().resolutionMs() == level.sourceMs())
        .mapToLong(each -> each.range().endMs() + 1)
        .max()
        .orElse(Long.MIN_VALUE);
  }

  /** The last part of a span of which there are no aggregates; null: there are of all of it. */
  private static @Nullable TimeRange free(
      TimeRange span, AggregateLevel level, List<Lease<MetricBlock>> whole) {
    long hour = Resolution.ONE_HOUR.ms();
    TimeRange free = span;
    for (int i = whole.size() - 1; i >= 0; i--) { // by start time
      Lease<MetricBlock> each = whole.get(i);
      TimeRange its = each.range();
      boolean isIn =
          each.entry().resolutionMs() == level.resolutionMs()
              && its.overlaps(free.startMs(), free.endMs());
      if (!isIn) continue;
      if (its.endMs() < free.endMs()) return new TimeRange(its.endMs() + 1, free.endMs());
      if (its.startMs() - hour < free.startMs()) return null;
      free = new TimeRange(free.startMs(), its.startMs() - 1);
    }
    return free;
  }

  private static @Nullable Work joining(AggregateLevel level, List<Lease<MetricBlock>> whole) {
    List<Manifest.Entry> entries =
        whole.stream()
            .map(Lease::entry)
            .filter(each -> each.resolutionMs() == level.resolutionMs())
            .toList();
    List<String> due =
        level.joining().due(entries.stream().map(AggregatesDue::closedOnTheLeft).toList());
    if (due.isEmpty()) return null;
    List<Manifest.Entry> parts =
        entries.stream().filter(each -> due.contains(each.name())).toList();
    long start = parts.getFirst().range().startMs();
    long end = parts.stream().mapToLong(each -> each.range().endMs()).max().orElseThrow();
    return new Work(level, new TimeRange(start, end), due);
  }

  /** Spans of blocks of samples begin where those of aggregates do, and end before. */
  private static Manifest.Entry closedOnTheLeft(Manifest.Entry of) {
    var range = new TimeRange(of.range().startMs() - 1, of.range().endMs() - 1);
    return new Manifest.Entry(of.name(), range, of.bytes(), of.resolutionMs());
  }
}
