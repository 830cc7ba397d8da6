package io.oriel.metrics.inspect;

import io.oriel.metrics.block.MetricBlock;
import io.oriel.metrics.head.Head;
import io.oriel.metrics.read.FoundHead;
import io.oriel.metrics.read.HeadView;
import io.oriel.metrics.read.KeptAnswers;
import io.oriel.metrics.read.StoreSource;
import io.oriel.metrics.read.TombstoneBytes;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.storage.disk.DataFolder;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.life.ReadOnlyFiles;
import io.oriel.storage.life.StoreFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a store has on disk, to be read: blocks, checkpoint and log as they lie there now. The store
 * may be running: nothing is locked or changed, and what it takes in later is not seen.
 */
public final class StoredMetrics implements AutoCloseable {
  static final String SIGNAL = "metrics";

  private final Path data;
  private final ReadOnlyFiles<MetricBlock, FoundHead> files;
  private final MetricSource source;

  private StoredMetrics(
      Path data,
      ReadOnlyFiles<MetricBlock, FoundHead> files,
      TombstoneBytes deleted,
      Limits limits) {
    this.data = data;
    this.files = files;
    deleted.hide(head(), files.blocks());
    var view = new HeadView(headFromMs(), head().outOfOrder().first());
    this.source =
        new StoreSource(head(), files.blocks(), () -> view, limits, KeptAnswers.inThisHeap());
  }

  /**
   * Reads a store.
   *
   * @param data the data folder that all signals share
   * @throws io.oriel.model.limit.Refusal.CannotStart when there is none, or it is damaged
   */
  public static StoredMetrics open(Path data, Limits limits) {
    long range = Duration.ofHours(2).toMillis();
    TombstoneBytes deleted = deleted(tombstones(data));
    return new StoredMetrics(
        data,
        ReadOnlyFiles.open(Disk.real(), data, SIGNAL, () -> new FoundHead(new Head(range, limits))),
        deleted,
        limits);
  }

  /** The list of what is deleted. */
  static Path tombstones(Path data) {
    return data.resolve(SIGNAL).resolve(StoreFiles.TOMBSTONES);
  }

  private static TombstoneBytes deleted(Path file) {
    try {
      Disk disk = Disk.real();
      return disk.exists(file) ? TombstoneBytes.read(disk.read(file)) : TombstoneBytes.NONE;
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new Refusal.CannotStart(
          "the list of deleted series %s can't be read (%s)".formatted(file, e.getMessage()),
          "restore it from a backup, or move it away: what was deleted is read again then");
    }
  }

  Head head() {
    return files.contents().head();
  }

  /** The first time that the head answers for. */
  long headFromMs() {
    return head().floorMs();
  }

  ReadOnlyFiles<MetricBlock, FoundHead> files() {
    return files;
  }

  /** Where its series are read. */
  public MetricSource source() {
    return source;
  }

  /** Which process holds the store: its pid, 0 where it can't be told; empty: none does. */
  public OptionalLong holder() {
    return DataFolder.holder(data, SIGNAL);
  }

  /**
   * What takes how much room.
   *
   * @param most rows of each list
   */
  public Analysis analyze(int most) {
    return new Counting(this).analysis(most);
  }

  @Override
  public void close() {
    files.close();
  }
}
