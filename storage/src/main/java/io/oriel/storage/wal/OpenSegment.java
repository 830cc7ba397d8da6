package io.oriel.storage.wal;

import io.oriel.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The segment that is written now. Belongs to the writer thread. */
final class OpenSegment implements AutoCloseable {
  private final long sequence;
  private final DiskFile file;
  private long size;
  private boolean forced = true; // all of it is durable, and no mark says so yet

  OpenSegment(long sequence, DiskFile file, long size) {
    this.sequence = sequence;
    this.file = file;
    this.size = size;
  }

  long sequence() {
    return sequence;
  }

  long size() {
    return size;
  }

  /**
   * Writes frames, which begin behind the room for a mark, and that mark where one is due. When it
   * fails the segment ends where it ended before.
   *
   * @throws Stuck when the half that was written can't be taken back
   */
  void write(ByteBuffer frames) throws IOException {
    frames.flip();
    if (forced) {
      frames.position(0);
      Frames.putMark(frames, size);
      frames.position(0);
    } else {
      frames.position(Frames.MARK_BYTES);
    }
    int bytes = frames.remaining();
    try {
      file.writeFully(frames, size);
    } catch (IOException e) {
      takeBack(e);
      throw e;
    }
    size += bytes;
    forced = false;
  }

  private void takeBack(IOException why) throws Stuck {
    try {
      file.truncate(size);
    } catch (IOException e) {
      why.addSuppressed(e);
      throw new Stuck(why);
    }
  }

  void force() throws IOException {
    if (forced) return;
    file.force();
    forced = true;
  }

  /** Closes after a last mark, so that later damage before it can't pass for a torn tail. */
  void finish() throws IOException {
    ByteBuffer mark =
        ByteBuffer.allocate(Frames.MARK_BYTES).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    Frames.putMark(mark, size);
    if (forced && size > Frames.HEADER_BYTES) file.writeFully(mark.flip(), size);
    close();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** A write failed and what it left could not be removed. */
  static final class Stuck extends IOException {
    private static final long serialVersionUID = 1;

    Stuck(IOException why) {
      super(why);
    }
  }
}
