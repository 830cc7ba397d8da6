package io.oriel.storage.block;

import io.oriel.model.TimeRange;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.disk.DiskFile;
import io.oriel.storage.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A block that is being made, in {@code tmp/}. Hand it to {@link BlockFolder#publish}; closing one
 * that was not published throws it away. One thread.
 */
public final class BlockBuilder implements AutoCloseable {
  private final Disk disk;
  private String name;
  private final Path folder;
  private final List<DiskFile> files = new ArrayList<>();
  private boolean published;

  BlockBuilder(Disk disk, String name, Path folder) throws IOException {
    this.disk = disk;
    this.name = name;
    this.folder = folder;
    disk.deleteTree(folder);
    disk.createFolders(folder);
  }

  public String name() {
    return name;
  }

  /** Gives the block another name before it is published: where others were meanwhile. */
  public void rename(String to) {
    name = to;
  }

  /** A new file of the block, which the builder forces and closes. */
  public DiskFile create(String file) throws IOException {
    DiskFile created = disk.create(folder.resolve(file));
    files.add(created);
    return created;
  }

  /**
   * Makes all that was written durable and gives the folder its place.
   *
   * @param resolutionMs see {@link Manifest.Entry}
   * @param replaced the blocks that this one stands for from now on
   */
  Manifest.Entry moveTo(Path blocks, TimeRange range, long resolutionMs, List<String> replaced)
      throws IOException {
    new BlockAbout(range, resolutionMs, replaced).write(disk, folder);
    long bytes = 0;
    for (DiskFile file : files) {
      file.force();
      bytes += file.size();
    }
    closeFiles();
    disk.force(folder);
    disk.rename(folder, blocks.resolve(name));
    disk.force(blocks);
    published = true;
    return new Manifest.Entry(name, range, bytes, resolutionMs);
  }

  private void closeFiles() throws IOException {
    for (DiskFile file : files) file.close();
    files.clear();
  }

  @Override
  public void close() throws IOException {
    closeFiles();
    if (!published) disk.deleteTree(folder);
  }
}
