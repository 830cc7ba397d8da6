package io.oriel.metrics.inspect;

import io.oriel.model.TimeRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What takes how much room in a store.
 *
 * @param blocks by start time
 * @param headSeries series that lie in checkpoint and log
 * @param headSamples samples of theirs that no block has
 * @param series different series of the whole store
 * @param metrics names with most series
 * @param labelNames names of labels that most series have
 * @param labelValues names of labels with most different values
 * @param labelPairs pairs that most series have
 */
public record Analysis(
    List<Block> blocks,
    long headSeries,
    long headSamples,
    long series,
    List<Count> metrics,
    List<Count> labelNames,
    List<Count> labelValues,
    List<Count> labelPairs) {

  /** A text and how many there are of it. */
  public record Count(String text, long count) {}

  /**
   * One block.
   *
   * @param resolutionMs of aggregates: how much time a row stands for; 0: the block has samples
   * @param samples of aggregates: rows
   * @param came series that the block before does not have
   * @param went series of the block before that this one does not have
   * @param values bytes of values; the parts together are {@code bytes}
   * @param hidden series of which something is deleted that the bytes still hold; counted above
   * @param damage null where nothing is known to be wrong
   */
  public record Block(
      String name,
      TimeRange range,
      long resolutionMs,
      long series,
      long samples,
      long bytes,
      long values,
      long times,
      long places,
      long labels,
      long checks,
      long came,
      long went,
      long hidden,
      @Nullable String damage) {

    public double bytesASample() {
      return samples == 0 ? 0 : (double) bytes / samples;
    }
  }

  /** Samples of all blocks and of the head. */
  public long samples() {
    return headSamples
        + blocks.stream()
            .filter(block -> block.resolutionMs() == 0)
            .mapToLong(Block::samples)
            .sum();
  }

  /** Series of blocks of which something is deleted and still counted, each block's by itself. */
  public long hidden() {
    return blocks.stream().mapToLong(Block::hidden).sum();
  }

  /** Bytes of all blocks. */
  public long blockBytes() {
    return blocks.stream().mapToLong(Block::bytes).sum();
  }
}
