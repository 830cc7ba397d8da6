package io.oriel.storage.block;

import io.oriel.model.TimeRange;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.manifest.Manifest;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The files of one block, mapped into memory until the block is retired and its last lease closed.
 */
public final class BlockFiles {
  private final Manifest.Entry entry;
  private final Path folder;
  private final Map<String, MemorySegment> files;

  private BlockFiles(Manifest.Entry entry, Path folder, Map<String, MemorySegment> files) {
    this.entry = entry;
    this.folder = folder;
    this.files = Map.copyOf(files);
  }

  static BlockFiles map(Disk disk, Path folder, Manifest.Entry entry, Arena arena)
      throws IOException {
    var files = new HashMap<String, MemorySegment>();
    for (String name : disk.list(folder)) files.put(name, disk.map(folder.resolve(name), arena));
    return new BlockFiles(entry, folder, files);
  }

  public String name() {
    return entry.name();
  }

  /** The time of what is in the block. */
  public TimeRange range() {
    return entry.range();
  }

  /** See {@link Manifest.Entry#writtenAfter}. */
  public long writtenAfter() {
    return entry.writtenAfter();
  }

  /** What the manifest says of the block. */
  public Manifest.Entry entry() {
    return entry;
  }

  public long bytes() {
    return entry.bytes();
  }

  /** Where the block lies, for messages. */
  public Path folder() {
    return folder;
  }

  /** The names of the block's files. */
  public Set<String> names() {
    return files.keySet();
  }

  /**
   * A file's bytes. Their memory is gone after the block's last lease: never keep them elsewhere.
   *
   * @throws IllegalArgumentException when the block has no such file
   */
  public MemorySegment file(String name) {
    MemorySegment bytes = files.get(name);
    if (bytes == null) throw new IllegalArgumentException(folder + " has no file " + name);
    return bytes;
  }
}
