package io.oriel.metrics;

import io.oriel.metrics.head.JobSeries;
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
 * @param outOfOrder of the samples, those that came behind newer ones of their series
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
    long checkpointMs,
    OutOfOrder outOfOrder) {

  /**
   * Samples that came behind newer ones.
   *
   * @param floats how many were kept
   * @param histograms how many native histograms were kept
   * @param waiting how many are in no block yet: histograms by their size, and each series as some
   */
  public record OutOfOrder(long floats, long histograms, long waiting) {}

  /**
   * One block.
   *
   * @param bytes what its files take on disk
   * @param samples of aggregates: how many rows it has
   * @param resolutionMs how much time a row of aggregates stands for; 0: it has samples
   * @param damage what is wrong with it; null where nothing is known to be
   */
  public record Block(
      String name,
      TimeRange range,
      long bytes,
      long series,
      long samples,
      long resolutionMs,
      @Nullable String damage) {}

  /**
   * What one job has in the head.
   *
   * @param job the label's value; empty for series without it
   * @param series how many it has now
   * @param refused new series that were refused since its budget was full
   * @param created series that were made since about an hour
   * @param growingLabel the label that got most new values of late, empty where none did
   * @param newValues how many values that were; those of earlier hours count less
   */
  public record Job(
      String job, long series, long refused, long created, String growingLabel, long newValues) {
    static Job of(JobSeries of) {
      return new Job(
          of.job(), of.series(), of.refused(), of.created(), of.growingLabel(), of.newValues());
    }
  }

  /** Series that came and went since about an hour. */
  public record Churn(long created, long removed) {}

  /** Bytes of all blocks on disk. */
  public long blockBytes() {
    return blocks.stream().mapToLong(Block::bytes).sum();
  }
}
