package io.oriel.storage.life;

import io.oriel.model.TimeRange;
import io.oriel.storage.block.BlockFiles;
import io.oriel.storage.block.BlockFolder;
import io.oriel.storage.block.Lease;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.manifest.Manifest;
import io.oriel.storage.manifest.ManifestFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A copy of a running store that opens as a store. Blocks and checkpoint are never changed in
 * place, so they are linked and cost nothing; the log is copied, since whoever opens the snapshot
 * goes on writing to its last segment.
 */
final class Snapshot {
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
   * @param beforeSegment the log's segments before this one are closed
   */
  void take(BlockFolder<?> blocks, ManifestFile manifest, long beforeSegment) throws IOException {
    for (String part : List.of("blocks", "checkpoints", "wal", "tmp")) {
      disk.createFolders(into.resolve(part));
    }
    Manifest copied = linkBlocks(blocks, manifest);
    if (!copied.checkpoint().isEmpty()) {
      link(Path.of("checkpoints", copied.checkpoint()));
      disk.force(into.resolve("checkpoints"));
    }
    long first = copyLog(copied.firstSegment(), beforeSegment);
    ManifestFile.write(
        disk,
        into.resolve("manifest"),
        into.resolve("tmp").resolve("manifest"),
        copied.withCheckpoint(copied.checkpoint(), first));
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

  /** Copies the closed segments that matter; returns the first, 0 where there is none. */
  private long copyLog(long firstSegment, long beforeSegment) throws IOException {
    long first = 0;
    for (String name : disk.list(from.resolve("wal"))) {
      if (!name.matches("[0-9]+")) continue;
      long number = Long.parseLong(name);
      if (number < firstSegment || number >= beforeSegment) continue;
      disk.copy(into.resolve("wal").resolve(name), from.resolve("wal").resolve(name));
      if (first == 0) first = number;
    }
    disk.force(into.resolve("wal"));
    return first;
  }
}
