package io.oriel.storage.disk;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stores ask of a file system. {@link #real} is this machine's; tests hand in one that breaks
 * by seed. Thread-safe.
 *
 * <p>Creating, renaming and deleting is durable after {@link #force} of the folder that holds the
 * name; a file's content after {@link DiskFile#force}.
 */
public interface Disk {
  /** The file system of this machine. */
  static Disk real() {
    return RealDisk.INSTANCE;
  }

  /** A new file, open for writing and reading; fails where one of that name is there. */
  DiskFile create(Path file) throws IOException;

  /** A file that is there, open for writing and reading. */
  DiskFile open(Path file) throws IOException;

  /** A file's bytes in memory, to be read as long as the arena is open. Empty files map too. */
  MemorySegment map(Path file, Arena arena) throws IOException;

  /** The length of a file in bytes. */
  long size(Path file) throws IOException;

  boolean exists(Path path);

  boolean isFolder(Path path);

  /**
   * What stays equal as long as a name means the same file: another one under the same name has
   * another. Null where there is none.
   */
  default @Nullable Object identity(Path file) {
    return exists(file) ? file : null;
  }

  /** The names in a folder, sorted. */
  List<String> list(Path folder) throws IOException;

  /** Makes a folder and those above it; no offence where it is there already. */
  void createFolders(Path folder) throws IOException;

  /** Gives a file or folder another name, in one step; a file of that name is replaced. */
  void rename(Path from, Path to) throws IOException;

  /** A second name for a file: the bytes stay as long as one of the names does. */
  void link(Path link, Path existing) throws IOException;

  /** Deletes a file or an empty folder; no offence where there is none. */
  void delete(Path path) throws IOException;

  /** Makes the names in a folder durable. */
  void force(Path folder) throws IOException;

  /** Bytes that this process may still write to the file system of that path. */
  long freeBytes(Path path) throws IOException;

  /**
   * Locks a file against other processes and other owners in this one, until what is returned is
   * closed or the process dies. The file then holds this process' id.
   *
   * @throws InUse where another has it
   */
  AutoCloseable lock(Path file) throws IOException;

  /** The bytes of a small file. */
  default byte[] read(Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return map(file, arena).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
    }
  }

  /**
   * Replaces a small file: after a crash it holds the old bytes or the new ones.
   *
   * @param tmp where the new bytes are gathered; on the same file system, no such file yet
   */
  default void replace(Path file, Path tmp, byte[] bytes) throws IOException {
    delete(tmp);
    try (DiskFile out = create(tmp)) {
      out.writeFully(ByteBuffer.wrap(bytes), 0);
      out.force();
    }
    rename(tmp, file);
    Path folder = file.getParent();
    if (folder != null) force(folder);
  }

  /** Copies a file's bytes to a new one and makes them durable. */
  default void copy(Path to, Path from) throws IOException {
    try (Arena arena = Arena.ofConfined();
        DiskFile out = create(to)) {
      MemorySegment bytes = map(from, arena);
      final long step = 1 << 20;
      for (long at = 0; at < bytes.byteSize(); at += step) {
        long length = Math.min(step, bytes.byteSize() - at);
        out.writeFully(bytes.asSlice(at, length).asByteBuffer(), at);
      }
      out.force();
    }
  }

  /** Deletes a file or a folder with all that is in it. */
  default void deleteTree(Path path) throws IOException {
    if (isFolder(path)) {
      for (String name : list(path)) deleteTree(path.resolve(name));
    }
    delete(path);
  }

  /** A lock that another holds. */
  final class InUse extends IOException {
    private static final long serialVersionUID = 1;
    private final long pid;

    /**
     * @param pid the holder's process id, 0 where it is not known
     */
    public InUse(long pid) {
      super("locked by process " + pid);
      this.pid = pid;
    }

    public long pid() {
      return pid;
    }
  }
}
