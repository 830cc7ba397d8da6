package io.oriel.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An open file, written and read at positions. What was written is durable after {@link #force}
 * only. One thread at a time; the thread must not be interrupted, which would close the file.
 */
public interface DiskFile extends AutoCloseable {
  /** Writes some of what remains in the buffer, as the disk pleases; at least one byte. */
  int write(ByteBuffer from, long at) throws IOException;

  /** Reads some bytes; -1 at or behind the end of the file. */
  int read(ByteBuffer into, long at) throws IOException;

  long size() throws IOException;

  /** Shortens the file; a file that is shorter already stays as it is. */
  void truncate(long size) throws IOException;

  /**
   * Makes content and length durable. When it fails the system may have dropped what it could not
   * write, so a second try proves nothing: the caller gives the file up.
   */
  void force() throws IOException;

  @Override
  void close() throws IOException;

  /** Writes all that remains in the buffer. */
  default void writeFully(ByteBuffer from, long at) throws IOException {
    while (from.hasRemaining()) at += write(from, at);
  }
}
