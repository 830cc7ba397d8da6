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
    ManifestFile manifest = ManifestFile.open(folder);
    checkManifestIsThere(folder);
    BlockFolder<B> blocks = BlockFolder.open(folder, manifest, contents::block);
    try {
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
          "restore the data folder from a backup, or choose another with --data DIR");
    } catch (IOException e) {
      throw new Refusal.CannotStart(
          "the store in %s can't be read (%s)".formatted(folder.root(), e.getMessage()),
          "check the disk and the rights on that folder");
    }
  }

  private static void readCheckpoint(DataFolder folder, Manifest manifest, Contents<?> contents) {
    try (Arena arena = Arena.ofConfined()) {
      for (String name : folder.disk().list(folder.checkpoints())) {
        Path file = folder.checkpoints().resolve(name);
        if (!name.equals(manifest.checkpoint())) folder.disk().delete(file);
      }
      if (manifest.checkpoint().isEmpty()) return;
      Path file = folder.checkpoints().resolve(manifest.checkpoint());
      takeOver(file, Checkpoint.body(file, folder.disk().map(file, arena)), contents);
    } catch (IOException e) {
      throw new Refusal.CannotStart(
          "the checkpoint in %s can't be read (%s)".formatted(folder.checkpoints(), e.getMessage()),
          "restore the data folder from a backup, or choose another with --data DIR");
    }
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
