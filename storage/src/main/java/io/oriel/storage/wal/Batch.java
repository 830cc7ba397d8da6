package io.oriel.storage.wal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.oriel.model.limit.Refusal;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Records that go to disk together, and what else is asked of the writer with them. Filled by any
 * thread under the log's lock; once taken it belongs to the writer thread.
 */
final class Batch {
  /** How far it has come; each stage includes those before. */
  enum Stage {
    OPEN,
    WRITTEN,
    DONE
  }

  boolean sync; // force the file when the frames are written
  boolean roll; // begin a new segment after that
  boolean last; // nothing comes after this one
  @Nullable Refusal notRolled; // why there is no new segment, where only that failed
  long segmentAfter; // number of the open segment when this is done

  private final ReentrantLock lock;
  private final Condition changed;
  private ByteBuffer frames; // the first bytes are kept free for a sync mark
  private int records;
  private Stage stage = Stage.OPEN;
  private @Nullable Refusal refusal;

  Batch(ByteBuffer buffer, ReentrantLock lock) {
    this.frames = buffer.clear().order(LITTLE_ENDIAN).position(Frames.MARK_BYTES);
    this.lock = lock;
    this.changed = lock.newCondition();
  }

  int records() {
    return records;
  }

  ByteBuffer frames() {
    return frames;
  }

  /** Whether the writer has anything to do for it. */
  boolean isWanted() {
    return records > 0 || sync || roll || last;
  }

  /** Whether a record may join: an empty batch takes any. */
  boolean hasRoom(int recordBytes, int limit) {
    return records == 0 || frames.position() + Frames.FRAME_HEADER_BYTES + recordBytes <= limit;
  }

  void add(ByteBuffer record, CRC32C crc) {
    int needed = frames.position() + Frames.FRAME_HEADER_BYTES + record.remaining();
    if (needed > frames.capacity()) grow(needed);
    Frames.put(frames, record, crc);
    records++;
  }

  private void grow(int needed) {
    int capacity = Math.max(needed, 2 * frames.capacity());
    frames = ByteBuffer.allocateDirect(capacity).order(LITTLE_ENDIAN).put(frames.flip());
  }

  /** Said by the writer. A refusal is for all who wait, whatever they wait for. */
  void reached(Stage now, @Nullable Refusal why) {
    lock.lock();
    try {
      stage = now;
      refusal = why;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a stage. A write is short: an interrupt does not end the wait, and is kept. */
  void await(Stage wanted) {
    lock.lock();
    try {
      while (stage.compareTo(wanted) < 0) changed.awaitUninterruptibly();
      if (refusal != null) throw refusal;
    } finally {
      lock.unlock();
    }
  }
}
