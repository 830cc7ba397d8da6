package io.oriel.storage.wal;

import io.oriel.model.limit.Refusal;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.disk.DiskFile;
import io.oriel.storage.disk.Finding;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The segment files of one log: their names, reading them through, beginning and deleting them. */
final class Segments {
  private static final String NEW = ".new"; // a segment whose header may not be durable yet

  private final Disk disk;
  private final Path folder;
  private static final int PIECE_BYTES = 1 << 20;

  private volatile @Nullable Opened opened; // the one that is written
  private long marked; // in the last segment that was read: what a mark proves durable

  /** A segment's file, to be known again. */
  private record Opened(Path file, @Nullable Object identity) {}

  Segments(Disk disk, Path folder) {
    this.disk = disk;
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  Path file(long sequence) {
    return folder.resolve("%08d".formatted(sequence));
  }

  /** The numbers of the segments that are there, rising. */
  List<Long> numbers() throws IOException {
    var numbers = new ArrayList<Long>();
    for (String name : disk.list(folder)) {
      if (name.matches("[0-9]{8,18}")) numbers.add(Long.valueOf(name));
    }
    numbers.sort(null);
    return numbers;
  }

  /** Begins a segment: when it has its name, its header is durable. */
  OpenSegment create(long sequence) throws IOException {
    Path fresh = folder.resolve(file(sequence).getFileName() + NEW);
    disk.delete(fresh);
    DiskFile file = disk.create(fresh);
    try {
      file.writeFully(Frames.header(sequence), 0);
      file.force();
      disk.rename(fresh, file(sequence));
      disk.force(folder);
      opened = new Opened(file(sequence), disk.identity(file(sequence)));
      return new OpenSegment(sequence, file, Frames.HEADER_BYTES);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Goes on with the newest segment behind its last whole frame. What a killed process wrote may
   * still lie in the system's memory only, and may count as written there though it is not: a sync
   * that failed does that. So what no mark proves durable is written once more, and synced.
   */
  OpenSegment resume(long sequence, long end) throws IOException {
    DiskFile file = disk.open(file(sequence));
    try {
      file.truncate(end);
      writeAgain(file, Math.min(marked, end), end);
      file.force();
      opened = new Opened(file(sequence), disk.identity(file(sequence)));
      return new OpenSegment(sequence, file, end);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static void writeAgain(DiskFile file, long from, long to) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, to - from));
    for (long at = from; at < to; at += piece.limit()) {
      piece.clear().limit((int) Math.min(piece.capacity(), to - at));
      while (piece.hasRemaining()) {
        if (file.read(piece, at + piece.position()) < 0) throw new IOException("it became shorter");
      }
      file.writeFully(piece.flip(), at);
    }
  }

  /** A segment's file, to be read. */
  DiskFile open(long sequence) throws IOException {
    return disk.open(file(sequence));
  }

  /** Whether what is written is still found under its name. */
  @SuppressWarnings("ReferenceEquality") // whether another was begun, not whether it is alike
  boolean isThere() {
    while (true) {
      Opened now = opened;
      if (now == null || Objects.equals(disk.identity(now.file()), now.identity())) return true;
      if (now == opened) return false; // else another was begun meanwhile, and this one cut
    }
  }

  /** Deletes the segments below a number. */
  void cut(long before) throws IOException {
    boolean deleted = false;
    for (long number : numbers()) {
      if (number >= before) continue;
      disk.delete(file(number));
      deleted = true;
    }
    if (deleted) disk.force(folder);
  }

  /** Reads all records from a segment on. */
  Replayed replay(long from, RecordVisitor visitor) throws IOException {
    List<Long> live = numbers().stream().filter(number -> number >= from).toList();
    checkWhole(from, live);
    long records = 0;
    long bytes = 0;
    long end = 0;
    long torn = 0;
    for (int i = 0; i < live.size(); i++) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment content = disk.map(file(live.get(i)), arena);
        var reader = new SegmentReader(file(live.get(i)), live.get(i), content);
        end = reader.read(visitor);
        marked = reader.marked();
        records += reader.records();
        bytes += end;
        torn = content.byteSize() - end;
        boolean isLast = i == live.size() - 1;
        if ((torn > 0 || end == 0) && (!isLast || reader.wasDurable(end))) {
          throw reader.damage(end);
        }
      }
    }
    return new Replayed(
        live.size(), records, bytes, torn, live.isEmpty() ? 0 : live.getLast(), end);
  }

  /** Reads all records from a segment on and tells what is wrong, however much that is. */
  void check(long from, RecordVisitor visitor, Finding.Hearer hearer) throws IOException {
    List<Long> live = numbers().stream().filter(number -> number >= from).toList();
    long expected = from > 0 || live.isEmpty() ? from : live.getFirst();
    if (live.isEmpty() && from > 0) hearer.found(file(from), 0, "the segment is missing");
    for (long number : live) {
      for (; expected < number; expected++) {
        hearer.found(file(expected), 0, "the segment is missing");
      }
      expected++;
      check(number, number == live.getLast(), visitor, hearer);
    }
  }

  /** What is torn in the last segment is none: a crash leaves it, or it is being written. */
  private void check(long number, boolean isLast, RecordVisitor visitor, Finding.Hearer hearer)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment content = disk.map(file(number), arena);
      var reader = new SegmentReader(file(number), number, content);
      long end = reader.read(visitor);
      boolean torn = end < content.byteSize() || end == 0;
      if (torn && (!isLast || reader.wasDurable(end))) {
        hearer.found(file(number), end, "the record that begins here is not what was written");
      }
    } catch (Refusal e) {
      hearer.found(file(number), 0, String.valueOf(e.getMessage()));
    }
  }

  private void checkWhole(long from, List<Long> live) {
    long expected = from > 0 || live.isEmpty() ? from : live.getFirst();
    if (from > 0 && live.isEmpty()) throw missing(from);
    for (long number : live) {
      if (number != expected) throw missing(expected);
      expected++;
    }
  }

  private Refusal missing(long sequence) {
    return new Refusal.CannotStart(
        "the write-ahead log lacks a segment: %s is not there".formatted(file(sequence)),
        "restore the data folder from a backup, or choose another with --data DIR");
  }
}
