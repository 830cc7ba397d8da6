package io.oriel.storage.life;

import io.oriel.model.limit.Refusal;
import io.oriel.storage.block.BlockFolder;
import io.oriel.storage.block.BlockFolder.Made;
import io.oriel.storage.disk.DataFolder;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.manifest.Manifest;
import io.oriel.storage.manifest.ManifestFile;
import io.oriel.storage.wal.Replayed;
import io.oriel.storage.wal.Wal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * All files of one store, open: its folder with the lock, its blocks and its write-ahead log.
 * {@link Recovery} makes it; whoever asked for it closes it.
 */
public final class StoreFiles<B> implements AutoCloseable {
  /** A file in a store's folder that says what is deleted; replaced as a whole, or not there. */
  public static final String TOMBSTONES = "tombstones";

  private final DataFolder folder;
  private final ManifestFile manifest;
  private final BlockFolder<B> blocks;
  private final Wal wal;
  private final Replayed replayed;

  StoreFiles(
      DataFolder folder, ManifestFile manifest, BlockFolder<B> blocks, Wal wal, Replayed replayed) {
    this.folder = folder;
    this.manifest = manifest;
    this.blocks = blocks;
    this.wal = wal;
    this.replayed = replayed;
  }

  public DataFolder folder() {
    return folder;
  }

  public BlockFolder<B> blocks() {
    return blocks;
  }

  public Wal wal() {
    return wal;
  }

  /** What the log held when the store was opened. */
  public Replayed replayed() {
    return replayed;
  }

  public Manifest manifest() {
    return manifest.current();
  }

  /** What the log and checkpoints take on disk: all of the store that is in no block. */
  public long bytesBesideBlocks() throws IOException {
    long bytes = 0;
    for (Path of : List.of(folder.wal(), folder.checkpoints())) {
      for (String name : folder.disk().list(of)) bytes += folder.disk().size(of.resolve(name));
    }
    return bytes;
  }

  /**
   * Writes a checkpoint and lets go of the log before it.
   *
   * @param firstSegment what {@link Wal#roll} returned: every record that lies in an earlier
   *     segment is in the body (or in a block), whatever came later may be
   */
  public void checkpoint(long firstSegment, Checkpoint.Body body) throws IOException {
    commit(List.of(), List.of(), firstSegment, body);
  }

  /**
   * The same, and publishes blocks and retires others, in one step: when the head's oldest hours
   * become a block, the new checkpoint lacks them.
   */
  public void commit(List<Made> made, List<String> retired, long firstSegment, Checkpoint.Body body)
      throws IOException {
    commit(made, retired, firstSegment, Long.MIN_VALUE, body);
  }

  /**
   * The same.
   *
   * @param headFrom what came in before this time is in blocks now
   */
  public synchronized void commit(
      List<Made> made, List<String> retired, long firstSegment, long headFrom, Checkpoint.Body body)
      throws IOException {
    String name = unusedName();
    String old = manifest.current().checkpoint();
    long from = Math.max(headFrom, manifest.current().headFrom());
    var place = new Checkpoint.Place(firstSegment, from);
    Checkpoint.write(folder.disk(), folder.tmp(), folder.checkpoints(), name, place, body);
    blocks.replace(made, retired, now -> now.withCheckpoint(name, firstSegment).withHeadFrom(from));
    wal.cut(firstSegment);
    if (!old.isEmpty()) folder.disk().delete(folder.checkpoints().resolve(old));
  }

  /**
   * Copies the store while it goes on: into a folder of the store's name in {@code data}, which
   * then serves as {@code --data}.
   *
   * @param data a folder on the same file system
   * @param made blocks of what is not in a block yet; they become the copy's
   * @param body a checkpoint of what is in no block
   * @throws Refusal.BadRequest when there is such a folder already
   */
  public void snapshot(Path data, List<Made> made, Checkpoint.Body body) throws IOException {
    snapshot(data, made, Long.MIN_VALUE, body);
  }

  /**
   * The same.
   *
   * @param headFrom what came in before this time is in the copy's blocks
   */
  public synchronized void snapshot(Path data, List<Made> made, long headFrom, Checkpoint.Body body)
      throws IOException {
    Disk disk = folder.disk();
    Path target = data.resolve(folder.root().getFileName());
    if (disk.exists(target)) {
      throw new Refusal.BadRequest(
          "there is something at %s already".formatted(target), "name a folder that is not there");
    }
    Path aside = data.resolve(folder.root().getFileName() + ".partial");
    disk.deleteTree(aside);
    try {
      new Snapshot(disk, folder.root(), aside).take(blocks, manifest, made, headFrom, body);
      disk.rename(aside, target);
      disk.force(data);
    } catch (IOException | RuntimeException e) {
      disk.deleteTree(aside);
      throw e;
    }
  }

  /** Never the name of one that a failed commit left: the manifest on disk may be naming it. */
  private String unusedName() throws IOException {
    String named = manifest.current().checkpoint(); // its file may have been taken away
    long newest = named.isEmpty() ? 0 : Long.parseLong(named);
    for (String name : folder.disk().list(folder.checkpoints())) {
      if (Recovery.isCheckpoint(name)) newest = Math.max(newest, Long.parseLong(name));
    }
    return "%08d".formatted(newest + 1);
  }

  /** Writes what is on its way, then lets go of everything, the lock last. */
  @Override
  public void close() {
    try (folder;
        blocks;
        wal) {
      assert wal != null; // closing is all there is to do, in the reverse order
    }
  }
}
