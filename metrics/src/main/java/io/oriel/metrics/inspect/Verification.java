package io.oriel.metrics.inspect;

import io.oriel.metrics.block.BlockCheck;
import io.oriel.metrics.head.Head;
import io.oriel.metrics.read.FoundHead;
import io.oriel.metrics.read.TombstoneBytes;
import io.oriel.model.limit.Limits;
import io.oriel.storage.disk.DataFolder;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.disk.Finding;
import io.oriel.storage.life.StoreCheck;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Every checksum of every file of a store: manifest, checkpoint, segments of the log, blocks, the
 * list of what is deleted; and each chunk decoded.
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
    var findings = new ArrayList<Finding>(checked.findings());
    long deleted = deletions(disk, StoredMetrics.tombstones(data), findings);
    return new Verification(
        findings.stream().map(Finding::toString).toList(),
        checked.files() + (deleted > 0 ? 1 : 0),
        checked.bytes() + deleted,
        checked.blocks(),
        DataFolder.holder(data, StoredMetrics.SIGNAL));
  }

  /** Reads the list of what is deleted; the answer is how long it is, 0 where there is none. */
  private static long deletions(Disk disk, Path file, List<Finding> findings) {
    try {
      if (!disk.exists(file)) return 0;
      byte[] bytes = disk.read(file);
      TombstoneBytes.read(bytes);
      return bytes.length;
    } catch (NoSuchFileException _) { // a running store has just forgotten it
      return 0;
    } catch (IOException | RuntimeException e) {
      findings.add(new Finding(file, 0, String.valueOf(e.getMessage())));
      return 0;
    }
  }
}
