package io.oriel.storage.life;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.oriel.model.limit.Refusal;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.disk.DiskFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file that holds what a store knew in memory at one point of its log, in an envelope that tells
 * a whole one from a half one. Format: {@code docs/formats/checkpoint.md}.
 */
public final class Checkpoint implements AutoCloseable {
  static final int HEADER_BYTES = 24;
  private static final int FIRST_HEADER_BYTES = 8; // of version 1, whose sum is over the body alone
  static final int TRAILER_BYTES = 12;

  private static final long MAGIC = 0x504b434c524fL; // "ORLCKP", little-endian
  private static final int VERSION = 2;
  private static final ValueLayout.OfLong LONG_LE =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT_LE =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);

  /** Writes the body of a checkpoint. */
  @FunctionalInterface
  public interface Body {
    void writeTo(Checkpoint out) throws IOException;
  }

  private final DiskFile file;
  private final CRC32C crc = new CRC32C();
  private long size;

  /**
   * What the manifest says beside a checkpoint's name, so that it can be made anew.
   *
   * @param firstSegment the first segment of the log that the checkpoint does not cover
   * @param headFrom what came in before this time is in blocks; the least time where that is
   *     unknown
   */
  record Place(long firstSegment, long headFrom) {
    static Place at(long firstSegment) {
      return new Place(firstSegment, Long.MIN_VALUE);
    }
  }

  private Checkpoint(DiskFile file, Place place) throws IOException {
    this.file = file;
    ByteBuffer header = header(place);
    crc.update(header.duplicate());
    file.writeFully(header, 0);
    this.size = HEADER_BYTES;
  }

  private static ByteBuffer header(Place place) {
    return ByteBuffer.allocate(HEADER_BYTES)
        .order(LITTLE_ENDIAN)
        .putLong(MAGIC | (long) VERSION << 48)
        .putLong(place.firstSegment())
        .putLong(place.headFrom())
        .flip();
  }

  /**
   * Writes a checkpoint aside, makes it durable and gives it its name. It counts only when the
   * manifest names it.
   */
  static void write(Disk disk, Path aside, Path folder, String name, Place place, Body body)
      throws IOException {
    Path tmp = aside.resolve(name);
    disk.delete(tmp);
    try (var checkpoint = new Checkpoint(disk.create(tmp), place)) {
      body.writeTo(checkpoint);
      checkpoint.finish();
    } catch (IOException | RuntimeException e) {
      disk.delete(tmp);
      throw e;
    }
    disk.rename(tmp, folder.resolve(name));
    disk.force(folder);
  }

  /** Appends to the body; large pieces are faster than small ones. */
  public void write(ByteBuffer piece) throws IOException {
    int bytes = piece.remaining();
    crc.update(piece.duplicate());
    file.writeFully(piece, size);
    size += bytes;
  }

  /** How many bytes the body has so far. */
  public long bodyBytes() {
    return size - HEADER_BYTES;
  }

  private void finish() throws IOException {
    ByteBuffer trailer =
        ByteBuffer.allocate(TRAILER_BYTES)
            .order(LITTLE_ENDIAN)
            .putLong(bodyBytes())
            .putInt((int) crc.getValue())
            .flip();
    file.writeFully(trailer, size);
    file.force();
  }

  /**
   * The body of a checkpoint file, checked to its last byte.
   *
   * @param remedy what to do where it is damaged
   */
  static MemorySegment body(Path file, MemorySegment bytes, String remedy) {
    if (bytes.byteSize() < FIRST_HEADER_BYTES + TRAILER_BYTES) throw cut(file, bytes, remedy);
    if ((bytes.get(LONG_LE, 0) & 0xffff_ffff_ffffL) != MAGIC) {
      throw damaged(file, "at offset 0 it does not begin as one", remedy);
    }
    long version = bytes.get(LONG_LE, 0) >>> 48;
    if (version > VERSION) {
      throw new Refusal.CannotStart(
          "%s was written by a newer Oriel (format %d)".formatted(file, version),
          "start that version, or choose another folder with --data DIR");
    }
    int header = version == 1 ? FIRST_HEADER_BYTES : HEADER_BYTES;
    long body = bytes.byteSize() - header - TRAILER_BYTES;
    if (body < 0) throw cut(file, bytes, remedy);
    if (!isWhole(bytes, header, body, version == 1 ? header : 0)) {
      long end = bytes.byteSize();
      throw damaged(
          file, "bytes from offset 8 to %d are not what was written".formatted(end), remedy);
    }
    return bytes.asSlice(header, body);
  }

  /** Whether length and sum are those of the file; the sum is over all from an offset on. */
  private static boolean isWhole(MemorySegment bytes, int header, long body, int summedFrom) {
    long end = header + body;
    return bytes.get(LONG_LE, end) == body
        && bytes.get(INT_LE, end + 8) == crcOf(bytes.asSlice(summedFrom, end - summedFrom));
  }

  private static Refusal cut(Path file, MemorySegment bytes, String remedy) {
    return damaged(file, "it ends at offset " + bytes.byteSize(), remedy);
  }

  /** Where a checkpoint stands in the log; null where the file is not a whole checkpoint. */
  static @Nullable Place placeOf(MemorySegment bytes) {
    long body = bytes.byteSize() - HEADER_BYTES - TRAILER_BYTES;
    boolean ours = body >= 0 && bytes.get(LONG_LE, 0) == (MAGIC | (long) VERSION << 48);
    if (!ours || !isWhole(bytes, HEADER_BYTES, body, 0)) return null;
    return new Place(bytes.get(LONG_LE, 8), bytes.get(LONG_LE, 16));
  }

  private static int crcOf(MemorySegment bytes) {
    var crc = new CRC32C();
    final long step = 1 << 30; // a buffer holds less than 2 GiB
    for (long at = 0; at < bytes.byteSize(); at += step) {
      crc.update(bytes.asSlice(at, Math.min(step, bytes.byteSize() - at)).asByteBuffer());
    }
    return (int) crc.getValue();
  }

  private static Refusal damaged(Path file, String how, String remedy) {
    return new Refusal.CannotStart("the checkpoint %s is damaged: %s".formatted(file, how), remedy);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
