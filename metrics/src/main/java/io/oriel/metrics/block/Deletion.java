package io.oriel.metrics.block;

import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import java.util.List;

/**
 * What was deleted of the blocks that there were then.
 *
 * @param edition of the manifest then: blocks that came after it have nothing to do with it
 * @param range of the samples
 * @param selections of the series: those that match all of any
 */
public record Deletion(long edition, TimeRange range, List<List<Matcher>> selections) {
  /** Whether it says anything of a block. */
  public boolean concerns(long writtenAfter, TimeRange block) {
    return writtenAfter < edition && block.overlaps(range.startMs(), range.endMs());
  }
}
