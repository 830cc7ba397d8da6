package io.oriel.metrics.inspect;

import io.oriel.metrics.block.BlockCheck;
import io.oriel.metrics.head.Head;
import io.oriel.metrics.read.FoundHead;
import io.oriel.model.limit.Limits;
import io.oriel.storage.disk.DataFolder;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.disk.Finding;
import io.oriel.storage.life.StoreCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Every checksum of every file of a store: manifest, checkpoint, segments of the log, blocks.
 *
 * @param findings what is wrong, as {@code FILE: offset: what}
 * @param files how many were read
 * @param bytes of all of them
 * @param holder the process that holds the store meanwhile: 0 where its id can't be told
 */
public record Verification(
    List<String> findings, long files, long bytes, int blocks, OptionalLong holder) {

  /**
   * Reads all of a store's files and changes none.
   *
   * @param data the data folder that all signals share
   * @throws io.oriel.model.limit.Refusal.CannotStart when there is no store
   */
  public static Verification of(Path data, Limits limits) {
    Disk disk = Disk.real();
    StoreCheck.Checked checked =
        StoreCheck.run(
            disk,
            data,
            StoredMetrics.SIGNAL,
            () -> new FoundHead(new Head(Duration.ofHours(2).toMillis(), limits)),
            (block, hearer) -> BlockCheck.check(disk, block, hearer));
    return new Verification(
        checked.findings().stream().map(Finding::toString).toList(),
        checked.files(),
        checked.bytes(),
        checked.blocks(),
        DataFolder.holder(data, StoredMetrics.SIGNAL));
  }
}
