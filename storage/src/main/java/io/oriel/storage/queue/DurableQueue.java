package io.oriel.storage.queue;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.oriel.model.Clock;
import io.oriel.model.limit.Refusal;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.wal.SyncPolicy;
import io.oriel.storage.wal.Wal;
import io.oriel.storage.wal.WalCursor;
import io.oriel.storage.wal.WalPosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue on disk: any thread puts in, one takes out and says when it is done. Both sides go on
 * after a restart where they were; what was taken out and not done comes again.
 */
public final class DurableQueue implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DurableQueue.class);
  private static final int TIME_BYTES = 8; // before each record: when it came
  private static final long REMEMBER_MS = 5_000; // so much may come again after a crash
  private static final long MOST_SEGMENT_BYTES = 16 << 20;
  private static final int NEW_LEVELS =
      4; // data/, queue/ and the queue's own, and what holds data/

  private final String name;
  private final QueueBounds bounds;
  private final Clock clock;
  private final Lost lost;
  private final Wal wal;
  private final ReadPosition file;
  private final Presence presence;
  private final AutoCloseable folderLock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();

  // guarded by the lock
  private final WalCursor cursor;
  private WalPosition done;
  private int out; // taken and not done
  private long pendingRecords; // put and not done
  private long pendingBytes;
  private long fullSinceMs;
  private boolean closed;

  // guarded by its own lock, since it takes syncs of the disk
  private final ReentrantLock remembering = new ReentrantLock();
  private WalPosition remembered;
  private volatile long rememberedMs;
  private volatile long rememberedSegment;

  private DurableQueue(
      Disk disk,
      Path folder,
      QueueBounds bounds,
      Wal wal,
      AutoCloseable held,
      Clock clock,
      Lost lost)
      throws IOException {
    this.name = String.valueOf(folder.getFileName());
    this.bounds = bounds;
    this.clock = clock;
    this.lost = lost;
    this.wal = wal;
    this.folderLock = held;
    this.file = new ReadPosition(disk, folder);
    this.presence = new Presence(folder, wal::isThere);
    WalPosition stored = file.read();
    var firstSegment = new AtomicLong();
    boolean isThere = disk.exists(folder.resolve("%08d".formatted(stored.segment())));
    try {
      wal.replay(
          isThere ? stored.segment() : 0,
          (segment, _) -> firstSegment.compareAndExchange(0, segment));
    } catch (Refusal.CannotStart e) {
      throw unreadable(folder, e);
    }
    this.done = start(stored, firstSegment.get());
    this.remembered = done;
    this.rememberedMs = clock.millis();
    this.rememberedSegment = done.segment();
    if (!done.equals(stored)) file.write(done);
    count();
    this.cursor = wal.cursor(done);
  }

  /** The log's own remedy is that of a store, where much more is at stake. */
  private static Refusal unreadable(Path folder, Refusal ofLog) {
    return new Refusal.CannotStart(
        "the queue in %s, where samples wait to be sent, can't be read (%s)"
            .formatted(folder, String.valueOf(ofLog.getMessage()).split("; ", 2)[0]),
        "rename that folder to %s.damaged and start: what waited there is lost, and nothing else"
            .formatted(folder.getFileName()));
  }

  /** Behind the log's end there is nothing to go on from; before its begin there is nothing. */
  private WalPosition start(WalPosition stored, long firstSegment) {
    WalPosition end = wal.written();
    if (stored.compareTo(end) > 0) return end;
    long segment = firstSegment == 0 ? end.segment() : firstSegment;
    return stored.segment() < segment ? new WalPosition(segment, 0) : stored;
  }

  private void count() throws IOException {
    WalPosition end = wal.written();
    try (WalCursor counting = wal.cursor(done)) {
      for (ByteBuffer each; (each = counting.next(end)) != null; ) {
        pendingRecords++;
        pendingBytes += each.remaining();
      }
    }
  }

  /**
   * Opens a queue, which goes on where it was left.
   *
   * @param folder of this queue alone; made where it is missing
   * @param lost is told what the bounds take away
   * @throws Refusal.CannotStart when the folder is in use, damaged, or can't be read or written
   */
  public static DurableQueue open(
      Disk disk, Path folder, QueueBounds bounds, SyncPolicy sync, Clock clock, Lost lost) {
    AutoCloseable held = null;
    Wal wal = null;
    try {
      makeFolder(disk, folder);
      held = disk.lock(folder.resolve("lock"));
      long segment = Math.clamp(bounds.bytes() / 8, 64 << 10, MOST_SEGMENT_BYTES);
      wal = Wal.open(disk, folder, sync, clock, segment);
      return new DurableQueue(disk, folder, bounds, wal, held, clock, lost);
    } catch (IOException e) {
      letGo(wal, held);
      throw cannotOpen(folder, e);
    } catch (RuntimeException | Error e) {
      letGo(wal, held);
      throw e;
    }
  }

  private static void makeFolder(Disk disk, Path folder) throws IOException {
    disk.createFolders(folder);
    Path at = folder;
    for (int level = 0; level < NEW_LEVELS && at != null; level++, at = at.getParent()) {
      disk.force(at);
    }
  }

  private static Refusal cannotOpen(Path folder, IOException e) {
    if (e instanceof Disk.InUse used) {
      return new Refusal.CannotStart(
          "the queue in %s is in use by process %d".formatted(folder, used.pid()),
          "stop it, or choose another data folder with --data DIR");
    }
    return new Refusal.CannotStart(
        "the queue in %s can't be read or written (%s)".formatted(folder, e.getMessage()),
        "check the disk and the rights on that folder");
  }

  private static void letGo(@Nullable Wal wal, @Nullable AutoCloseable held) {
    if (wal != null) wal.close();
    try {
      if (held != null) held.close();
    } catch (Exception e) {
      log.warn("the lock of a queue was not let go reason=\"{}\"", e.getMessage());
    }
  }

  /**
   * Puts a record in. When it returns, the record survives the death of the process, and that of
   * the machine after the sync interval.
   *
   * @throws Refusal.Unavailable when the queue is full and refuses, its folder is gone, or its disk
   *     can't be written
   */
  public void put(ByteBuffer record) {
    presence.check();
    ByteBuffer framed =
        ByteBuffer.allocate(TIME_BYTES + record.remaining())
            .order(LITTLE_ENDIAN)
            .putLong(clock.millis())
            .put(record.duplicate())
            .flip();
    lock.lock();
    try {
      makeRoom(framed.remaining());
      pendingRecords++;
      pendingBytes += framed.remaining();
    } finally {
      lock.unlock();
    }
    boolean isIn = false;
    try {
      wal.append(framed);
      isIn = true;
    } finally {
      lock.lock();
      try {
        if (!isIn) leave(framed.remaining());
        more.signalAll();
      } finally {
        lock.unlock();
      }
    }
    rememberWhatWasDropped();
  }

  private void rememberWhatWasDropped() {
    if (bounds.whenFull() == QueueBounds.WhenFull.REFUSE) return;
    try {
      if (done().segment() > rememberedSegment) remember();
    } catch (IOException e) { // the record is in; the place is written down another time
      log.warn(
          "dropped records still take room on disk queue={} reason=\"{}\"", name, e.getMessage());
    }
  }

  private WalPosition done() {
    lock.lock();
    try {
      return done;
    } finally {
      lock.unlock();
    }
  }

  private void leave(int bytes) {
    pendingRecords = Math.max(0, pendingRecords - 1);
    pendingBytes = Math.max(0, pendingBytes - bytes);
  }

  private void makeRoom(int bytes) {
    if (pendingBytes + bytes <= bounds.bytes() || pendingRecords == 0) {
      fullSinceMs = 0;
      return;
    }
    if (fullSinceMs == 0) fullSinceMs = clock.millis();
    if (bounds.whenFull() == QueueBounds.WhenFull.REFUSE) throw full();
    while (pendingBytes + bytes > bounds.bytes() && dropOldest()) {}
  }

  private Refusal full() {
    return new Refusal.Unavailable(
        "the queue %s is full since %s (%d bytes wait to be sent)"
            .formatted(name, Instant.ofEpochMilli(fullSinceMs), pendingBytes),
        "see why its receiver takes nothing; intake goes on by itself when it does");
  }

  /**
   * Drops a record that was not taken out. Those that are on their way are older: they may still
   * arrive, but do not come again.
   */
  private boolean dropOldest() {
    try {
      ByteBuffer record = cursor.next(wal.written());
      if (record == null) return false;
      lose(record, Lost.Why.FULL);
      done = cursor.position();
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void lose(ByteBuffer record, Lost.Why why) {
    leave(record.remaining());
    lost.lost(record.slice(TIME_BYTES, record.remaining() - TIME_BYTES), why);
  }

  /**
   * Takes the next record out, null where none waits. Records over the age are passed over.
   *
   * @throws IOException when the disk can't be read, or what was accepted is damaged
   */
  public @Nullable Taken next() throws IOException {
    lock.lock();
    try {
      while (true) {
        ByteBuffer record = cursor.next(wal.written());
        if (record == null) return null;
        long cameMs = record.order(LITTLE_ENDIAN).getLong(0);
        if (isOld(cameMs)) {
          lose(record, Lost.Why.OLD);
          if (out == 0) done = cursor.position();
          continue;
        }
        byte[] content = new byte[record.remaining() - TIME_BYTES];
        record.get(TIME_BYTES, content);
        out++;
        return new Taken(content, cameMs, record.remaining(), cursor.position());
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isOld(long cameMs) {
    Duration age = bounds.age();
    return !age.isZero() && cameMs < clock.millis() - age.toMillis();
  }

  /** Waits until there may be more to take out. */
  public void awaitMore() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && cursor.position().compareTo(wal.written()) >= 0) more.await();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Says that a record, and all taken out before it, need not come again. Call in the order in
   * which they were taken out.
   *
   * @throws IOException when the position can't be written down; it is tried again with the next
   */
  public void done(Taken taken) throws IOException {
    lock.lock();
    try {
      leave(taken.bytes());
      out--;
      if (taken.end().compareTo(done) > 0) done = taken.end();
    } finally {
      lock.unlock();
    }
    if (clock.millis() - rememberedMs >= REMEMBER_MS) remember();
  }

  /** The log is forced before: the position must not survive what it points behind. */
  private void remember() throws IOException {
    remembering.lock();
    try {
      WalPosition now = done();
      rememberedMs = clock.millis();
      if (now.equals(remembered)) return;
      wal.sync();
      file.write(now);
      remembered = now;
      rememberedSegment = now.segment();
      wal.cut(now.segment());
    } finally {
      remembering.unlock();
    }
  }

  /** How it stands now. */
  public Stats stats() {
    lock.lock();
    try {
      return new Stats(pendingRecords, pendingBytes, bounds.bytes(), fullSinceMs);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Why the queue's folder is not where it was opened, in a sentence with a remedy; empty while it
   * is. Nothing is taken in meanwhile.
   */
  public Optional<String> lost() {
    return presence.lost();
  }

  public String name() {
    return name;
  }

  /** Writes the position down and lets go of the files. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) return;
      closed = true;
      more.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      remember();
      cursor.close();
    } catch (IOException | Refusal e) {
      log.warn(
          "the position of queue={} was not written, so some is sent again reason=\"{}\"",
          name,
          e.getMessage());
    } finally {
      letGo(wal, folderLock);
    }
  }

  /**
   * A record that was taken out.
   *
   * @param cameMs when it was put in
   * @param bytes what it takes of the queue
   * @param end the place behind it
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
  public record Taken(byte[] content, long cameMs, int bytes, WalPosition end) {}

  /**
   * How a queue stands.
   *
   * @param records that were put in and are not done
   * @param mostBytes the bound
   * @param fullSinceMs since when there is no room, 0 = there is
   */
  public record Stats(long records, long bytes, long mostBytes, long fullSinceMs) {}
}
