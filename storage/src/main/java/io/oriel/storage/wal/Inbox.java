package io.oriel.storage.wal;

import io.oriel.model.limit.Refusal;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Where appending threads and the writer meet: the one batch that is open. Two buffers take turns,
 * one being filled while the other is written.
 */
final class Inbox {
  private static final int FIRST_BUFFER = 64 << 10;
  private static final int BATCH_LIMIT = 4 << 20; // a single longer record has a batch of its own

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition(); // for those who append
  private final Condition work = lock.newCondition(); // for the writer
  private final Condition dirt = lock.newCondition(); // for the sync clock
  private final CRC32C crc = new CRC32C();
  private Batch open = newBatch(null);
  private @Nullable Refusal shut;
  private boolean dirty;

  /** Copies a record into the open batch; waits while that is full. */
  Batch add(ByteBuffer record) {
    lock.lock();
    try {
      while (shut == null && !open.hasRoom(record.remaining(), BATCH_LIMIT)) {
        room.awaitUninterruptibly();
      }
      if (shut != null) throw shut;
      open.add(record, crc);
      work.signal();
      return open;
    } finally {
      lock.unlock();
    }
  }

  /** Asks the writer to force the file, or to begin a new segment too. */
  Batch ask(boolean roll) {
    lock.lock();
    try {
      if (shut != null) throw shut;
      open.sync = true;
      open.roll |= roll;
      work.signal();
      return open;
    } finally {
      lock.unlock();
    }
  }

  /** The last batch there is; whoever appends later is refused with this. */
  Batch askLast(Refusal why) {
    lock.lock();
    try {
      shutWith(why);
      open.sync = true;
      open.last = true;
      work.signal();
      return open;
    } finally {
      lock.unlock();
    }
  }

  /** Refuses all that come from now on, and keeps the first reason. */
  void shut(Refusal why) {
    lock.lock();
    try {
      shutWith(why);
    } finally {
      lock.unlock();
    }
  }

  private void shutWith(Refusal why) {
    if (shut == null) shut = why;
    room.signalAll();
    dirt.signalAll();
  }

  /**
   * The next batch with anything in it; the writer calls this when it is done with the last.
   *
   * @param used the batch that was written, whose buffer is filled anew; null at first
   */
  Batch take(@Nullable Batch used) {
    lock.lock();
    try {
      while (!open.isWanted()) work.awaitUninterruptibly();
      Batch taken = open;
      open = newBatch(used);
      room.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private Batch newBatch(@Nullable Batch used) {
    if (used != null && used.frames().capacity() <= BATCH_LIMIT) {
      return new Batch(used.frames(), lock);
    }
    return new Batch(ByteBuffer.allocateDirect(FIRST_BUFFER), lock);
  }

  /** Whether something was written that is not forced yet. */
  void setDirty(boolean now) {
    lock.lock();
    try {
      dirty = now;
      if (now) dirt.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something needs forcing; false when the log is shut instead. */
  boolean awaitDirty() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!dirty && shut == null) dirt.await();
      return shut == null;
    } finally {
      lock.unlock();
    }
  }
}
