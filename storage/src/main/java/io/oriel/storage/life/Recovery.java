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

  private static void readCheckpoint(DataFolder folder, Manifest manifest, Contents<?> contents) {
    try (Arena arena = Arena.ofConfined()) {
      for (String name : folder.disk().list(folder.checkpoints())) {
        Path file = folder.checkpoints().resolve(name);
        if (!name.equals(manifest.checkpoint())) folder.disk().delete(file);
      }
      if (manifest.checkpoint().isEmpty()) return;
      Path file = folder.checkpoints().resolve(manifest.checkpoint());
      contents.checkpoint(Checkpoint.body(file, folder.disk().map(file, arena)));
    } catch (IOException e) {
      throw new Refusal.CannotStart(
          "the checkpoint in %s can't be read (%s)".formatted(folder.checkpoints(), e.getMessage()),
          "restore the data folder from a backup, or choose another with --data DIR");
    }
  }
}
