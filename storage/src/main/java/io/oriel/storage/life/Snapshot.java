package io.oriel.storage.life;

import io.oriel.model.TimeRange;
import io.oriel.storage.block.BlockFiles;
import io.oriel.storage.block.BlockFolder;
import io.oriel.storage.block.BlockFolder.Made;
import io.oriel.storage.block.Lease;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.manifest.Manifest;
import io.oriel.storage.manifest.ManifestFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A copy of a running store that opens as a store. Blocks are never changed in place, so they are
 * linked and cost nothing. What lies in memory and in the log is handed in as more blocks and a
 * checkpoint: the copy has no log.
 */
final class Snapshot {
  private static final String CHECKPOINT = "00000001";

  private final Disk disk;
  private final Path from;
  private final Path into;

  /**
   * @param from a store's folder
   * @param into a folder that is not there yet, on the same file system
   */
  Snapshot(Disk disk, Path from, Path into) {
    this.disk = disk;
    this.from = from;
    this.into = into;
  }

  /**
   * Makes the copy. Nothing may commit meanwhile; blocks may be retired.
   *
   * @param made blocks that only the copy has
   * @param headFrom up to where the copy's blocks have what came in
   * @param body the copy's checkpoint
   */
  void take(
      BlockFolder<?> blocks,
      ManifestFile manifest,
      List<Made> made,
      long headFrom,
      Checkpoint.Body body)
      throws IOException {
    for (String part : List.of("blocks", "checkpoints", "wal", "tmp")) {
      disk.createFolders(into.resolve(part));
    }
    Manifest copied = linkBlocks(blocks, manifest);
    for (Made each : made) copied = copied.withBlock(each.moveTo(into.resolve("blocks")));
    if (disk.exists(from.resolve(StoreFiles.TOMBSTONES))) link(Path.of(StoreFiles.TOMBSTONES));
    Path tmp = into.resolve("tmp");
    Manifest whole = copied.withCheckpoint(CHECKPOINT, 0).withHeadFrom(headFrom);
    var place = new Checkpoint.Place(0, whole.headFrom());
    Checkpoint.write(disk, tmp, into.resolve("checkpoints"), CHECKPOINT, place, body);
    ManifestFile.write(disk, into.resolve("manifest"), tmp.resolve("manifest"), whole);
  }

  /** Holds every block while it is linked; begins again where one was retired in between. */
  private <B> Manifest linkBlocks(BlockFolder<B> blocks, ManifestFile manifest) throws IOException {
    while (true) {
      Manifest now = manifest.current();
      List<Lease<B>> leases = blocks.borrow(TimeRange.ALWAYS);
      try {
        List<String> held = leases.stream().map(Lease::name).sorted().toList();
        if (!held.equals(now.blocks().stream().map(Manifest.Entry::name).sorted().toList())) {
          continue;
        }
        for (Lease<B> lease : leases) linkBlock(lease.files());
        disk.force(into.resolve("blocks"));
        return now;
      } finally {
        leases.forEach(Lease::close);
      }
    }
  }

  private void linkBlock(BlockFiles block) throws IOException {
    Path folder = Path.of("blocks", block.name());
    disk.createFolders(into.resolve(folder));
    for (String file : block.names()) link(folder.resolve(file));
    disk.force(into.resolve(folder));
  }

  private void link(Path file) throws IOException {
    disk.link(into.resolve(file), from.resolve(file));
  }
}
