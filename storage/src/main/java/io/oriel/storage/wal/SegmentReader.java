package io.oriel.storage.wal;

import io.oriel.model.limit.Refusal;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Reads one segment's records, up to its end or to the first frame that is not whole. */
final class SegmentReader {
  private final Path file;
  private final long sequence;
  private final MemorySegment bytes;
  private final CRC32C crc = new CRC32C();
  private long records;
  private long marked;

  SegmentReader(Path file, long sequence, MemorySegment bytes) {
    this.file = file;
    this.sequence = sequence;
    this.bytes = bytes;
  }

  long records() {
    return records;
  }

  /** What the last mark that was read proves durable: so many bytes from the front. */
  long marked() {
    return marked;
  }

  /**
   * Visits the records.
   *
   * @return the offset behind the last whole frame; 0 where not even the header is whole
   * @throws Refusal.CannotStart when a header is no log's, or a newer version's, or a whole record
   *     makes no sense to the visitor
   */
  long read(RecordVisitor visitor) {
    if (headerIsTorn()) return 0;
    checkHeader();
    long at = Frames.HEADER_BYTES;
    while (at < bytes.byteSize()) {
      int length = Frames.recordLength(bytes, at, crc);
      if (length > 0) {
        visit(visitor, at, length);
        records++;
        at += Frames.FRAME_HEADER_BYTES + length;
      } else if (Frames.isMark(bytes, at)) {
        marked = at;
        at += Frames.MARK_BYTES;
      } else {
        break;
      }
    }
    return at;
  }

  /** The checksum is right, so what can't be read was written so: by another version of Oriel. */
  private void visit(RecordVisitor visitor, long at, int length) {
    try {
      visitor.record(sequence, Frames.record(bytes, at, length));
    } catch (Refusal e) {
      throw e;
    } catch (RuntimeException e) {
      throw new Refusal.CannotStart(
          "the record at offset %d of %s is whole and can't be read (%s)"
              .formatted(at, file, e.getMessage()),
          "start the version of Oriel that wrote it, or choose another folder with --data DIR");
    }
  }

  /** The header is forced before the first frame is written, so a torn one has nothing behind. */
  private boolean headerIsTorn() {
    if (bytes.byteSize() < Frames.HEADER_BYTES) return true;
    for (long i = 0; i < bytes.byteSize(); i++) {
      if (bytes.get(java.lang.foreign.ValueLayout.JAVA_BYTE, i) != 0) return false;
    }
    return true;
  }

  private void checkHeader() {
    int version = Frames.version(bytes);
    if (version > Frames.VERSION) {
      throw new Refusal.CannotStart(
          "%s was written by a newer Oriel (format %d)".formatted(file, version),
          "start that version, or choose another folder with --data DIR");
    }
    if (version != Frames.VERSION || Frames.sequence(bytes) != sequence) throw damage(0);
  }

  /** Whether something behind this offset proves that all before it was durable once. */
  boolean wasDurable(long from) {
    for (long at = from + 1; at + Frames.MARK_BYTES <= bytes.byteSize(); at++) {
      if (Frames.isMark(bytes, at)) return true;
    }
    return false;
  }

  Refusal damage(long offset) {
    return new Refusal.CannotStart(
        "the write-ahead log is damaged: %s at offset %d".formatted(file, offset),
        "restore the data folder from a backup, or move this file and the later ones out of %s to start without their records"
            .formatted(file.getParent()));
  }
}
