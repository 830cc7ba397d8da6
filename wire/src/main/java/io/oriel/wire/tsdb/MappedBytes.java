package io.oriel.wire.tsdb;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** A whole file, mapped; what is asked for beyond its end is damage, not a crash. */
final class MappedBytes {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  static final int SUM_BYTES = 4;

  private final Path file;
  private final MemorySegment bytes;

  private MappedBytes(Path file, MemorySegment bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  static MappedBytes of(Path file, Arena arena) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new MappedBytes(
          file, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
    }
  }

  long size() {
    return bytes.byteSize();
  }

  DamagedFile damaged(long at, String what) {
    return new DamagedFile(file, at, what);
  }

  private void check(long at, long count) throws DamagedFile {
    if (at < 0 || count < 0 || at > size() - count) {
      throw damaged(at, "%d bytes are asked for, the file has %d".formatted(count, size()));
    }
  }

  int u8(long at) throws DamagedFile {
    check(at, 1);
    return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, at));
  }

  int i32(long at) throws DamagedFile {
    check(at, 4);
    return bytes.get(INT, at);
  }

  long u32(long at) throws DamagedFile {
    return Integer.toUnsignedLong(i32(at));
  }

  long i64(long at) throws DamagedFile {
    check(at, 8);
    return bytes.get(LONG, at);
  }

  byte[] copy(long at, long count) throws DamagedFile {
    check(at, count);
    if (count > Integer.MAX_VALUE - 16) throw damaged(at, count + " bytes are one piece");
    return bytes.asSlice(at, count).toArray(ValueLayout.JAVA_BYTE);
  }

  /** Holds a piece against the sum that follows it. */
  void checkSum(long at, long count, String what) throws DamagedFile {
    check(at, count + SUM_BYTES);
    var sum = new CRC32C();
    for (long done = 0; done < count; ) {
      long part = Math.min(1 << 30, count - done);
      sum.update(bytes.asSlice(at + done, part).asByteBuffer());
      done += part;
    }
    if ((int) sum.getValue() != i32(at + count)) {
      throw damaged(at, what + " is not what its checksum says");
    }
  }
}
