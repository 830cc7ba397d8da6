package io.oriel.engines.prometheus;

import java.util.Map;

/**
 * How it stands with one destination.
 *
 * @param url without credentials
 * @param queued samples that were taken in to be sent, since the start
 * @param sent samples that were taken, histograms included
 * @param failed samples refused for good, by reason
 * @param dropped samples that were never sent, by reason
 * @param pendingBytes in the queue on disk, what is on its way included
 * @param mostBytes the queue's bound
 * @param newestMs the newest sample's time that was taken; 0 = none yet
 * @param lagMs how far that is behind the newest that came; 0 where nothing waits
 * @param downSinceMs since when the receiver takes nothing; 0 = it does
 * @param fullSinceMs since when the queue has no room; 0 = it has
 * @param why what it said the last time it took nothing
 * @param version what is sent: {@code 1.0} or {@code 2.0}
 */
public record OutStats(
    String name,
    String url,
    long queued,
    long sent,
    long exemplars,
    long metadata,
    Map<String, Long> failed,
    Map<String, Long> dropped,
    long requests,
    long retries,
    long sentBytes,
    long pendingRecords,
    long pendingBytes,
    long mostBytes,
    long newestMs,
    long lagMs,
    int shards,
    int series,
    long downSinceMs,
    long fullSinceMs,
    String why,
    String version) {
  public OutStats {
    failed = Map.copyOf(failed);
    dropped = Map.copyOf(dropped);
  }
}
