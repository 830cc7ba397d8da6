package io.oriel.metrics;

import io.oriel.model.TimeRange;
import io.oriel.model.backend.Receipt.Reason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the store holds and has done since it was opened.
 *
 * @param series series in the head
 * @param samplesAppended samples that were kept
 * @param samplesRefused samples that were not, by reason
 * @param seriesRefused new series that were refused, by the key of the limit that they broke
 *     ({@code no_metric_name} where it was none)
 * @param headChunks sealed chunks in the head
 * @param headBytes bytes of memory for the head's series and samples, labels and index not counted
 * @param headRange from the oldest to the newest sample of the head; null when it is empty
 * @param blocks by start time
 * @param walBytes bytes that were appended to the log since the last checkpoint
 * @param checkpointMs when the last checkpoint was written; 0 = not since the store was opened
 */
public record MetricStoreStats(
    int series,
    long samplesAppended,
    Map<Reason, Long> samplesRefused,
    Map<String, Long> seriesRefused,
    long headChunks,
    long headBytes,
    @Nullable TimeRange headRange,
    List<Block> blocks,
    long walBytes,
    long checkpointMs) {

  /**
   * One block.
   *
   * @param bytes what its files take on disk
   * @param damage what is wrong with it; null where nothing is known to be
   */
  public record Block(
      String name,
      TimeRange range,
      long bytes,
      long series,
      long samples,
      @Nullable String damage) {}

  /** Bytes of all blocks on disk. */
  public long blockBytes() {
    return blocks.stream().mapToLong(Block::bytes).sum();
  }
}
