package io.oriel.storage.life;

import io.oriel.model.limit.Refusal;
import io.oriel.storage.block.BlockFolder;
import io.oriel.storage.disk.DataFolder;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.manifest.Manifest;
import io.oriel.storage.manifest.ManifestFile;
import io.oriel.storage.wal.Wal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A store's files read where they lie, without its lock: of a store that is stopped, or of one that
 * another process holds. Blocks and checkpoints never change and the log only grows, so what is
 * read is what was there at one moment. Nothing is ever written.
 *
 * @param <B> what a block is read through
 * @param <C> what takes over the rest
 */
public final class ReadOnlyFiles<B, C extends Contents<B>> implements AutoCloseable {
  private static final int ATTEMPTS = 5; // a running store replaces files, seldom

  private final Manifest manifest;
  private final BlockFolder<B> blocks;
  private final C contents;

  private ReadOnlyFiles(Manifest manifest, BlockFolder<B> blocks, C contents) {
    this.manifest = manifest;
    this.blocks = blocks;
    this.contents = contents;
  }

  /**
   * Reads manifest, blocks, checkpoint and log.
   *
   * @param contents a new one for each attempt: where a running store has replaced files meanwhile,
   *     all is read again
   * @throws Refusal.CannotStart when there is no such store, or it is damaged
   */
  public static <B, C extends Contents<B>> ReadOnlyFiles<B, C> open(
      Disk disk, Path data, String signal, Supplier<C> contents) {
    DataFolder folder = DataFolder.look(disk, data, signal);
    for (int attempt = 1; ; attempt++) {
      ManifestFile manifest = ManifestFile.open(folder);
      try {
        return read(folder, manifest, contents.get());
      } catch (IOException | RuntimeException e) {
        boolean same = edition(folder) == manifest.current().edition();
        if (same || attempt == ATTEMPTS) throw refusal(folder, e);
      }
    }
  }

  private static long edition(DataFolder folder) {
    return ManifestFile.open(folder).current().edition();
  }

  private static Refusal refusal(DataFolder folder, Exception e) {
    if (e instanceof Refusal refusal) return refusal;
    return new Refusal.CannotStart(
        "the store in %s can't be read (%s)".formatted(folder.root(), e),
        "oriel tsdb verify tells more");
  }

  private static <B, C extends Contents<B>> ReadOnlyFiles<B, C> read(
      DataFolder folder, ManifestFile manifest, C contents) throws IOException {
    BlockFolder<B> blocks = BlockFolder.look(folder, manifest, contents::block);
    try {
      Manifest now = manifest.current();
      contents.headFrom(now.headFrom());
      readCheckpoint(folder, now, contents);
      Wal.look(
          folder.disk(), folder.wal(), now.firstSegment(), (_, record) -> contents.record(record));
      if (edition(folder) != now.edition()) throw new IOException("it changes all the time");
      return new ReadOnlyFiles<>(now, blocks, contents);
    } catch (IOException | RuntimeException e) {
      blocks.close();
      throw e;
    }
  }

  private static void readCheckpoint(DataFolder folder, Manifest manifest, Contents<?> contents)
      throws IOException {
    if (manifest.checkpoint().isEmpty()) return;
    Path file = folder.checkpoints().resolve(manifest.checkpoint());
    Path without = file.resolveSibling(file.getFileName() + ".damaged");
    if (!folder.disk().exists(file) && folder.disk().exists(without)) return;
    try (Arena arena = Arena.ofConfined()) {
      contents.checkpoint(
          Checkpoint.body(
              file, folder.disk().map(file, arena), "oriel tsdb verify tells what else is"));
    }
  }

  public Manifest manifest() {
    return manifest;
  }

  public BlockFolder<B> blocks() {
    return blocks;
  }

  /** What took over checkpoint and log. */
  public C contents() {
    return contents;
  }

  @Override
  public void close() {
    blocks.close();
  }
}
