package io.oriel.storage.life;

import io.oriel.model.limit.Refusal;
import io.oriel.storage.block.BlockFolder;
import io.oriel.storage.disk.DataFolder;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.disk.Finding;
import io.oriel.storage.manifest.Manifest;
import io.oriel.storage.manifest.ManifestFile;
import io.oriel.storage.wal.Wal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds every byte of a store against its checksums and changes nothing; the lock is not asked for.
 */
public final class StoreCheck {
  private static final int ATTEMPTS = 5;

  private final DataFolder folder;
  private final Disk disk;
  private final Contents<?> contents;
  private final Blocks blockCheck;
  private final List<Finding> findings = new ArrayList<>();
  private long files;
  private long bytes;
  private int blocks;

  /** Checks the files of one block. */
  @FunctionalInterface
  public interface Blocks {
    void check(Path block, Finding.Hearer hearer) throws IOException;
  }

  /**
   * What was looked at and found.
   *
   * @param bytes of all files together
   */
  public record Checked(List<Finding> findings, long files, long bytes, int blocks) {}

  private StoreCheck(DataFolder folder, Contents<?> contents, Blocks blockCheck) {
    this.folder = folder;
    this.disk = folder.disk();
    this.contents = contents;
    this.blockCheck = blockCheck;
  }

  /**
   * Checks a store.
   *
   * @param contents a new one for each attempt, to which checkpoint and log are told: what is whole
   *     and makes no sense is found so
   * @throws Refusal.CannotStart when there is no such store
   */
  public static Checked run(
      Disk disk, Path data, String signal, Supplier<Contents<?>> contents, Blocks blocks) {
    DataFolder folder = DataFolder.look(disk, data, signal);
    for (int attempt = 1; ; attempt++) {
      var check = new StoreCheck(folder, contents.get(), blocks);
      Manifest before = check.manifest();
      check.all(before);
      // a running store has replaced files meanwhile: what is missing may be so for a good reason
      boolean changed = before != null && !before.equals(check.manifest());
      if (!changed || check.findings.isEmpty() || attempt == ATTEMPTS) {
        return new Checked(List.copyOf(check.findings), check.files, check.bytes, check.blocks);
      }
    }
  }

  private @Nullable Manifest manifest() {
    try {
      return ManifestFile.open(folder).current();
    } catch (Refusal e) {
      found(folder.manifest(), 0, e);
      return null;
    }
  }

  private void found(Path file, long offset, Exception e) {
    findings.add(new Finding(file, offset, String.valueOf(e.getMessage())));
  }

  private void all(@Nullable Manifest manifest) {
    if (disk.exists(folder.manifest())) counted(folder.manifest());
    try {
      for (String block : namesOfBlocks(manifest)) block(folder.blocks().resolve(block));
      if (manifest != null) contents.headFrom(manifest.headFrom());
      if (manifest != null && !manifest.checkpoint().isEmpty()) {
        checkpoint(folder.checkpoints().resolve(manifest.checkpoint()));
      }
      long from = manifest == null ? 0 : manifest.firstSegment();
      for (String name : disk.list(folder.wal())) counted(folder.wal().resolve(name));
      Wal.check(disk, folder.wal(), from, (_, record) -> contents.record(record), findings::add);
    } catch (IOException e) {
      found(folder.root(), 0, e);
    }
  }

  /**
   * Without a manifest nobody knows which of the folders are part of the store: all are looked at.
   */
  private List<String> namesOfBlocks(@Nullable Manifest manifest) throws IOException {
    if (manifest == null) return disk.list(folder.blocks());
    return manifest.blocks().stream().map(Manifest.Entry::name).toList();
  }

  private void block(Path block) {
    blocks++;
    try {
      if (!disk.isFolder(block)) {
        findings.add(new Finding(block, 0, "the block is missing"));
        return;
      }
      for (String name : disk.list(block)) counted(block.resolve(name));
      BlockFolder.check(disk, block, findings::add);
      blockCheck.check(block, findings::add);
    } catch (IOException | RuntimeException e) {
      findings.add(new Finding(block, 0, "it can't be read (" + e + ")"));
    }
  }

  private void checkpoint(Path file) {
    if (!disk.exists(file)) {
      findings.add(new Finding(file, 0, "the checkpoint is missing"));
      return;
    }
    counted(file);
    try (Arena arena = Arena.ofConfined()) {
      String remedy = "restore the data folder from a backup";
      contents.checkpoint(Checkpoint.body(file, disk.map(file, arena), remedy));
    } catch (IOException | RuntimeException e) {
      found(file, 0, e);
    }
  }

  private void counted(Path file) {
    try {
      bytes += disk.size(file);
      files++;
    } catch (IOException e) {
      found(file, 0, e);
    }
  }
}
