package io.oriel.storage.life;

import io.oriel.model.Clock;
import io.oriel.model.limit.Refusal;
import io.oriel.storage.block.BlockFolder;
import io.oriel.storage.disk.DataFolder;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.manifest.Manifest;
import io.oriel.storage.manifest.ManifestFile;
import io.oriel.storage.wal.Replayed;
import io.oriel.storage.wal.SyncPolicy;
import io.oriel.storage.wal.Wal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a store's files in the order in which each part may rely on those before. */
public final class Recovery {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  private Recovery() {}

  /**
   * Lock, manifest, {@code tmp/} emptied, blocks mapped, checkpoint, log replayed, tail cut, ready.
   *
   * @param data the data folder of all signals
   * @param signal the store's own name: {@code metrics}
   * @param contents the store, which takes over what is found
   * @throws Refusal.CannotStart when the folder is in use, damaged, or can't be read or written
   */
  public static <B> StoreFiles<B> open(
      Disk disk, Path data, String signal, SyncPolicy sync, Clock clock, Contents<B> contents) {
    long start = clock.nanos();
    DataFolder folder = DataFolder.open(disk, data, signal);
    try {
      StoreFiles<B> files = open(folder, sync, clock, contents);
      log.info(
          "store opened signal={} blocks={} segments={} records={} torn_bytes={} took={}ms",
          signal,
          files.manifest().blocks().size(),
          files.replayed().segments(),
          files.replayed().records(),
          files.replayed().tornBytes(),
          (clock.nanos() - start) / 1_000_000);
      return files;
    } catch (RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  private static <B> StoreFiles<B> open(
      DataFolder folder, SyncPolicy sync, Clock clock, Contents<B> contents) {
    Rebuild.whereAsked(folder);
    ManifestFile manifest = ManifestFile.open(folder);
    checkManifestIsThere(folder);
    BlockFolder<B> blocks = BlockFolder.open(folder, manifest, contents::block);
    try {
      contents.headFrom(manifest.current().headFrom());
      readCheckpoint(folder, manifest.current(), contents);
      Wal wal = Wal.open(folder, sync, clock);
      long from = manifest.current().firstSegment();
      Replayed replayed = wal.replay(from, (_, record) -> contents.record(record));
      wal.cut(from); // what a crash between manifest and cut left over
      return new StoreFiles<>(folder, manifest, blocks, wal, replayed);
    } catch (RuntimeException | Error e) {
      blocks.close();
      throw e;
    }
  }

  /**
   * What no manifest names is deleted, so a lost manifest must not look like a new store. The log's
   * first segment is cut only when a manifest names a checkpoint.
   */
  private static void checkManifestIsThere(DataFolder folder) {
    try {
      Disk disk = folder.disk();
      if (disk.exists(folder.manifest())) return;
      boolean isNew =
          disk.list(folder.blocks()).isEmpty() && disk.list(folder.checkpoints()).isEmpty();
      if (isNew || Wal.hasFirstSegment(disk, folder.wal())) return;
      throw new Refusal.CannotStart(
          "the manifest %s is missing".formatted(folder.manifest()),
          "restore it from a backup; or make an empty file manifest.damaged beside it and start: the manifest is made anew from the blocks, the checkpoint and the log that are there");
    } catch (IOException e) {
      throw new Refusal.CannotStart(
          "the store in %s can't be read (%s)".formatted(folder.root(), e.getMessage()),
          "check the disk and the rights on that folder");
    }
  }

  private static void readCheckpoint(DataFolder folder, Manifest manifest, Contents<?> contents) {
    Disk disk = folder.disk();
    try (Arena arena = Arena.ofConfined()) {
      for (String name : disk.list(folder.checkpoints())) {
        boolean isOld = isCheckpoint(name) && !name.equals(manifest.checkpoint());
        if (isOld) disk.delete(folder.checkpoints().resolve(name));
      }
      if (manifest.checkpoint().isEmpty()) return;
      Path file = folder.checkpoints().resolve(manifest.checkpoint());
      if (!disk.exists(file)) {
        doWithout(disk, file, manifest);
        return;
      }
      takeOver(
          file, Checkpoint.body(file, disk.map(file, arena), remedy(file, manifest)), contents);
    } catch (IOException e) {
      throw new Refusal.CannotStart(
          "the checkpoint in %s can't be read (%s)".formatted(folder.checkpoints(), e.getMessage()),
          "check the disk and the rights on that folder, or restore it from a backup");
    }
  }

  /** Files of others in that folder are none of ours. */
  static boolean isCheckpoint(String name) {
    return name.matches("[0-9]{8,18}");
  }

  private static String remedy(Path file, Manifest manifest) {
    return "restore the data folder from a backup; or rename that file to %s and start: %s"
        .formatted(besides(file).getFileName(), lost(manifest));
  }

  private static Path besides(Path file) {
    return file.resolveSibling(file.getFileName() + ".damaged");
  }

  private static String lost(Manifest manifest) {
    return manifest.blocks().isEmpty()
        ? "what was taken in before the last checkpoint is lost, since there is no block"
        : "what was taken in since %s and before the last checkpoint is lost"
            .formatted(Instant.ofEpochMilli(manifest.blocks().getLast().range().endMs()));
  }

  /** Only where somebody says so by the file's new name: what is lost must not go unseen. */
  private static void doWithout(Disk disk, Path file, Manifest manifest) {
    if (!disk.exists(besides(file))) {
      throw new Refusal.CannotStart(
          "the checkpoint %s is missing".formatted(file),
          "restore it from a backup; or make an empty file %s and start: %s"
              .formatted(besides(file).getFileName(), lost(manifest)));
    }
    log.error("started without the checkpoint path={}: {}", file, lost(manifest));
  }

  /** The checksum is right, so what can't be read was written so: by another version of Oriel. */
  private static void takeOver(Path file, MemorySegment body, Contents<?> contents) {
    try {
      contents.checkpoint(body);
    } catch (Refusal e) {
      throw e;
    } catch (RuntimeException e) {
      throw new Refusal.CannotStart(
          "the checkpoint %s is whole and can't be read (%s)".formatted(file, e.getMessage()),
          "start the version of Oriel that wrote it, or choose another folder with --data DIR");
    }
  }
}
