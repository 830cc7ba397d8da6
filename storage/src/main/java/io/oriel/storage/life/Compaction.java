package io.oriel.storage.life;

import io.oriel.storage.manifest.Manifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which neighbouring blocks become one, so that a query over weeks opens few. Spans grow by a
 * factor of three, aligned to multiples of themselves, up to a tenth of the retention: so a block
 * that is to go is never much larger than what is kept.
 *
 * @param first the span of the blocks that are cut from the head
 * @param longest the longest span to make
 */
public record Compaction(Duration first, Duration longest) {
  private static final int FACTOR = 3;
  private static final int PARTS_OF_RETENTION = 10;

  /** For blocks of that first span in a store that keeps them so long. */
  public static Compaction within(Duration first, Duration retention) {
    return new Compaction(first, retention.dividedBy(PARTS_OF_RETENTION));
  }

  /** The longest span that blocks are merged to. */
  public Duration span() {
    Duration span = first;
    while (span.multipliedBy(FACTOR).compareTo(longest) <= 0) span = span.multipliedBy(FACTOR);
    return span;
  }

  /**
   * The names of the next blocks to merge, by start time; empty when there is nothing to do. Blocks
   * that overlap come first, all that hang together; others are merged once a later one shows that
   * their span is complete, the shortest spans first.
   *
   * @param blocks as the manifest lists them: by start time
   */
  public List<String> due(List<Manifest.Entry> blocks) {
    if (blocks.size() < 2) return List.of();
    List<String> overlapping = overlapping(blocks);
    if (!overlapping.isEmpty()) return overlapping;
    long newest = blocks.getLast().range().startMs();
    for (long span = first.toMillis() * FACTOR; span <= longest.toMillis(); span *= FACTOR) {
      List<String> group = group(blocks, span, newest);
      if (group.size() > 1) return group;
    }
    return List.of();
  }

  /** The first blocks that overlap, each with another of them; the spans of others are apart. */
  private static List<String> overlapping(List<Manifest.Entry> blocks) {
    var group = new ArrayList<String>();
    long end = Long.MIN_VALUE;
    for (Manifest.Entry block : blocks) {
      boolean isApart = group.isEmpty() || block.range().startMs() > end;
      if (isApart && group.size() > 1) break;
      if (isApart) group.clear();
      group.add(block.name());
      end = isApart ? block.range().endMs() : Math.max(end, block.range().endMs());
    }
    return group.size() > 1 ? group : List.of();
  }

  /** The first blocks that lie together in one span which is over. */
  private static List<String> group(List<Manifest.Entry> blocks, long span, long newest) {
    var group = new ArrayList<String>();
    long current = Long.MIN_VALUE;
    for (Manifest.Entry block : blocks) {
      long number = Math.floorDiv(block.range().startMs(), span);
      boolean fits = Math.floorDiv(block.range().endMs(), span) == number;
      boolean isOver = (number + 1) * span <= newest;
      if (number != current && group.size() > 1) break;
      if (number != current) group.clear();
      current = number;
      if (fits && isOver) group.add(block.name());
    }
    return group;
  }
}
