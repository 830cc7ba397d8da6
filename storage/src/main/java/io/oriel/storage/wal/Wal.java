package io.oriel.storage.wal;

import io.oriel.model.Clock;
import io.oriel.model.limit.Refusal;
import io.oriel.storage.disk.DataFolder;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.disk.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The write-ahead log of one store: {@link #open}, {@link #replay} once, then {@link #append} from
 * any thread.
 *
 * <p>Appending threads copy their record into the batch that is open and wait for it; the writer
 * thread takes the batch, writes it in one go and takes the next. So what arrives during a write or
 * a sync shares the next one, and a full batch makes senders wait.
 */
public final class Wal implements AutoCloseable {
  /** The longest record in bytes. */
  public static final int MAX_RECORD_BYTES = 16 << 20;

  private static final Logger log = LoggerFactory.getLogger(Wal.class);
  private static final long SEGMENT_BYTES = 64 << 20;

  private final Segments segments;
  private final SyncPolicy policy;
  private final Clock clock;
  private final long segmentBytes;
  private final Batch.Stage accepted;
  private final Inbox inbox = new Inbox();
  private final WalCounters counters = new WalCounters();
  private volatile @Nullable Thread writer; // null until replayed
  private volatile @Nullable WalWriter work;
  private boolean closed; // guarded by this
  private @Nullable Thread syncClock;

  private Wal(Segments segments, SyncPolicy policy, Clock clock, long segmentBytes) {
    this.segments = segments;
    this.policy = policy;
    this.clock = clock;
    this.segmentBytes = segmentBytes;
    this.accepted = policy instanceof SyncPolicy.Always ? Batch.Stage.DONE : Batch.Stage.WRITTEN;
  }

  /** The log of a store; nothing is read yet. */
  public static Wal open(DataFolder folder, SyncPolicy policy, Clock clock) {
    return open(folder.disk(), folder.wal(), policy, clock, SEGMENT_BYTES);
  }

  /** A log of its own in a folder that is there. */
  public static Wal open(
      Disk disk, Path folder, SyncPolicy policy, Clock clock, long segmentBytes) {
    return new Wal(new Segments(disk, folder), policy, clock, segmentBytes);
  }

  /**
   * Reads what is there and makes the log ready for appending. A last frame that is not whole is
   * cut, logged and counted.
   *
   * @param from the first segment to read, as {@link #roll} told it; 0 reads whatever is there
   * @throws Refusal.CannotStart when the log is damaged, with file and offset
   */
  public Replayed replay(long from, RecordVisitor visitor) {
    if (writer != null) throw new IllegalStateException("the log was replayed already");
    try {
      Replayed replayed = segments.replay(from, visitor);
      if (replayed.tornBytes() > 0) {
        log.warn(
            "torn tail cut file={} offset={} bytes={}",
            segments.file(replayed.lastSegment()),
            replayed.end(),
            replayed.tornBytes());
      }
      start(openLast(replayed));
      return replayed;
    } catch (IOException e) {
      throw new Refusal.CannotStart(
          "the write-ahead log in %s can't be read or written (%s)"
              .formatted(segments.folder(), e.getMessage()),
          "check the disk and the rights on that folder");
    }
  }

  private OpenSegment openLast(Replayed replayed) throws IOException {
    if (replayed.end() > 0) return segments.resume(replayed.lastSegment(), replayed.end());
    return segments.create(Math.max(1, replayed.lastSegment()));
  }

  private void start(OpenSegment segment) {
    var newWork = new WalWriter(inbox, segments, segment, policy, segmentBytes, clock, counters);
    work = newWork;
    writer = Thread.ofPlatform().name("wal " + segments.folder()).daemon().start(newWork);
    if (policy instanceof SyncPolicy.Interval(Duration length)) {
      syncClock = Thread.ofVirtual().name("wal sync").start(() -> syncEach(length.toMillis()));
    }
  }

  private void syncEach(long intervalMs) {
    while (true) {
      try {
        if (!inbox.awaitDirty()) return;
        clock.sleepUntil(clock.millis() + intervalMs);
        inbox.ask(false).await(Batch.Stage.DONE);
      } catch (InterruptedException | Refusal _) { // closed or broken; the writer has said so
        return;
      } catch (RuntimeException | Error e) { // without this thread, what is told durable is not
        log.error("a sync was not asked for log={}; the next is", segments.folder(), e);
      }
    }
  }

  /**
   * Appends a record and waits until it is accepted. The bytes are copied before it returns; the
   * buffer's position does not move.
   *
   * @throws Refusal.Unavailable when it can't be taken in now (full disk) or any more (failed sync,
   *     closed)
   */
  public void append(ByteBuffer record) {
    add(record).await(accepted);
  }

  /**
   * Appends a record without waiting: the order of the calls is the order in the log. For a caller
   * that holds something which must not be held while a disk is slow.
   */
  public Appended submit(ByteBuffer record) {
    return new Appended(add(record), accepted);
  }

  private Batch add(ByteBuffer record) {
    if (writer == null) throw new IllegalStateException("replay the log before appending to it");
    if (!record.hasRemaining() || record.remaining() > MAX_RECORD_BYTES) {
      throw new IllegalArgumentException(
          "a record of %d bytes; 1 to %d fit".formatted(record.remaining(), MAX_RECORD_BYTES));
    }
    return inbox.add(record);
  }

  /**
   * Behind the last record that was accepted: what a {@link WalCursor} may read goes up to here.
   */
  public WalPosition written() {
    WalWriter running = work;
    if (running == null) throw new IllegalStateException("replay the log before reading it");
    return running.written();
  }

  /** Reads records while others append; whoever opens it closes it. */
  public WalCursor cursor(WalPosition from) {
    return new WalCursor(segments, from);
  }

  /** Waits until all that was appended before is on disk. */
  public void sync() {
    inbox.ask(false).await(Batch.Stage.DONE);
  }

  /**
   * Begins a new segment, for a checkpoint: all that was appended before lies in earlier ones.
   *
   * @return its number: where a replay after that checkpoint begins
   * @throws Refusal.Unavailable when there can be none now; what was appended is safe all the same
   */
  public long roll() {
    Batch batch = inbox.ask(true);
    batch.await(Batch.Stage.DONE);
    Refusal notRolled = batch.notRolled;
    if (notRolled != null) throw notRolled;
    return batch.segmentAfter;
  }

  /** Reads the records of a log in a folder and changes nothing; a torn tail is left out. */
  public static Replayed look(Disk disk, Path folder, long from, RecordVisitor visitor)
      throws IOException {
    return new Segments(disk, folder).replay(from, visitor);
  }

  /** Reads the same and tells all that is wrong. */
  public static void check(
      Disk disk, Path folder, long from, RecordVisitor visitor, Finding.Hearer hearer)
      throws IOException {
    new Segments(disk, folder).check(from, visitor, hearer);
  }

  /** Whether the log in a folder is there from its beginning: nothing was ever cut from it. */
  public static boolean hasFirstSegment(Disk disk, Path folder) throws IOException {
    return hasSegment(disk, folder, 1);
  }

  /** Whether a segment of the log in a folder is there. */
  public static boolean hasSegment(Disk disk, Path folder, long number) throws IOException {
    return disk.exists(new Segments(disk, folder).file(number));
  }

  /** Deletes the segments before one, once a checkpoint holds what they say. */
  public void cut(long before) {
    try {
      segments.cut(before);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the log's file is still in its folder: who deletes it does not stop the writing. */
  public boolean isThere() {
    return segments.isThere();
  }

  public Stats stats() {
    return counters.stats();
  }

  /**
   * Writes and forces what was appended, then lets go of the files. Later appends are refused. A
   * second call does nothing: the writer, who would answer it, is gone.
   */
  @Override
  public synchronized void close() {
    Thread running = writer;
    if (running == null || closed) return;
    closed = true;
    Batch last =
        inbox.askLast(
            new Refusal.Unavailable(
                "the store in %s is closed".formatted(segments.folder().getParent()),
                "try again when Oriel is up"));
    try {
      if (syncClock != null) syncClock.interrupt();
      running.join();
      if (syncClock != null) syncClock.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    last.await(Batch.Stage.DONE);
  }

  /**
   * What the log has done since it was opened.
   *
   * @param batches writes to the file; records a batch tells how well commits are grouped
   * @param syncNanos time spent in syncs, all together
   * @param failures batches that were refused because they could not be written
   */
  public record Stats(
      long records, long bytes, long batches, long syncs, long syncNanos, long failures) {}
}
