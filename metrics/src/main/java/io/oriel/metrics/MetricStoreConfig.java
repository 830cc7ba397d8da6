package io.oriel.metrics;

import io.oriel.model.limit.Limits;
import io.oriel.storage.wal.SyncPolicy;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the store keeps samples.
 *
 * @param folder the data folder that all signals share; the store's own is {@code metrics} in it
 * @param retention how long samples are kept; whole blocks go, so a little longer
 * @param maxBytes what all files of the store may take on disk, log and checkpoint too; the oldest
 *     blocks go first; 0 = no bound
 * @param freeBytes below so much free disk nothing is taken in until there is more again
 * @param sync when a batch counts as accepted
 * @param blockRange the time that one block spans, and the least that the head holds
 * @param aggregates what is kept of samples beyond them
 * @param outOfOrderWindow how much older than the newest sample of the store one may be that comes
 *     behind a newer one of its series; zero = such are refused
 */
public record MetricStoreConfig(
    Path folder,
    Duration retention,
    long maxBytes,
    long freeBytes,
    SyncPolicy sync,
    Duration blockRange,
    Limits limits,
    Aggregates aggregates,
    Duration outOfOrderWindow) {
  public static final Duration NORMAL_RETENTION = Duration.ofDays(15);
  public static final Duration NORMAL_BLOCK_RANGE = Duration.ofHours(2);
  public static final long NORMAL_FREE_BYTES = 256L << 20;

  public MetricStoreConfig {
    if (blockRange.toMillis() < 1000 || blockRange.toDays() > 31) {
      throw new IllegalArgumentException("a block range is 1s to 31d, not " + blockRange);
    }
    if (retention.compareTo(blockRange) < 0) {
      throw new IllegalArgumentException(
          "a retention of %s is shorter than one block (%s)".formatted(retention, blockRange));
    }
    if (outOfOrderWindow.isNegative()) {
      throw new IllegalArgumentException("an out-of-order window of " + outOfOrderWindow);
    }
  }

  /** The defaults, in that folder. */
  public static MetricStoreConfig in(Path folder) {
    return new MetricStoreConfig(
        folder,
        NORMAL_RETENTION,
        0,
        NORMAL_FREE_BYTES,
        SyncPolicy.DEFAULT,
        NORMAL_BLOCK_RANGE,
        Limits.NORMAL,
        Aggregates.NONE,
        Duration.ZERO);
  }

  public MetricStoreConfig withRetention(Duration other) {
    return with(other, maxBytes, freeBytes, sync, blockRange, limits);
  }

  public MetricStoreConfig withMaxBytes(long other) {
    return with(retention, other, freeBytes, sync, blockRange, limits);
  }

  public MetricStoreConfig withFreeBytes(long other) {
    return with(retention, maxBytes, other, sync, blockRange, limits);
  }

  public MetricStoreConfig withSync(SyncPolicy other) {
    return with(retention, maxBytes, freeBytes, other, blockRange, limits);
  }

  public MetricStoreConfig withBlockRange(Duration other) {
    return with(retention, maxBytes, freeBytes, sync, other, limits);
  }

  public MetricStoreConfig withLimits(Limits other) {
    return with(retention, maxBytes, freeBytes, sync, blockRange, other);
  }

  public MetricStoreConfig withAggregates(Aggregates other) {
    return new MetricStoreConfig(
        folder, retention, maxBytes, freeBytes, sync, blockRange, limits, other, outOfOrderWindow);
  }

  public MetricStoreConfig withOutOfOrderWindow(Duration other) {
    return new MetricStoreConfig(
        folder, retention, maxBytes, freeBytes, sync, blockRange, limits, aggregates, other);
  }

  private MetricStoreConfig with(
      Duration kept, long most, long free, SyncPolicy synced, Duration range, Limits bounds) {
    return new MetricStoreConfig(
        folder, kept, most, free, synced, range, bounds, aggregates, outOfOrderWindow);
  }
}
