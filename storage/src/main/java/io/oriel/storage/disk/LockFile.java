package io.oriel.storage.disk;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A file locked by this process, with its pid inside. The system lets go when the process dies. */
final class LockFile implements AutoCloseable {
  /**
   * What this process holds. Asked before such a file is opened: by POSIX, closing any channel of a
   * file drops every lock that the process has on it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final int PID_DIGITS = 19;

  private final Path file;
  private final FileChannel channel;

  private LockFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static LockFile lock(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null) throw new IOException(path + " can't be locked: it is no file");
    Path file = folder.toRealPath().resolve(path.getFileName());
    if (!HELD.add(file)) throw new Disk.InUse(ProcessHandle.current().pid());
    try {
      return new LockFile(file, locked(file));
    } catch (IOException e) {
      HELD.remove(file);
      throw e;
    }
  }

  private static FileChannel locked(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) throw new Disk.InUse(pidIn(channel));
      channel.truncate(0);
      byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(US_ASCII);
      channel.write(ByteBuffer.wrap(pid), 0);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Who holds a lock now: the pid, 0 where it can't be told; empty where nobody does. Nothing is
   * written; a process that wants the lock in that very moment may miss it.
   */
  static OptionalLong holder(Path path) throws IOException {
    if (!Files.exists(path)) return OptionalLong.empty();
    Path file = path.toRealPath();
    if (HELD.contains(file)) return OptionalLong.of(ProcessHandle.current().pid());
    try (FileChannel channel = FileChannel.open(file, READ)) {
      FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
      if (lock == null) return OptionalLong.of(pidIn(channel));
      lock.release();
      return OptionalLong.empty();
    }
  }

  /** Zero where the holder has not written it yet, or something else stands there. */
  private static long pidIn(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(PID_DIGITS);
    channel.read(text, 0);
    try {
      return Long.parseLong(new String(text.array(), 0, text.position(), US_ASCII).strip());
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD.remove(file);
  }
}
