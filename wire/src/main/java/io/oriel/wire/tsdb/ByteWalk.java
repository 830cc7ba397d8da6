package io.oriel.wire.tsdb;

import java.nio.charset.StandardCharsets;

/** Reads one piece of a file from its beginning to its end, in Go's varints. */
final class ByteWalk {
  private final MappedBytes file;
  private final long end;
  private long at;

  ByteWalk(MappedBytes file, long from, long to) {
    this.file = file;
    this.at = from;
    this.end = to;
  }

  long at() {
    return at;
  }

  boolean more() {
    return at < end;
  }

  /** An unsigned varint. */
  long unsigned() throws DamagedFile {
    long number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= end) throw file.damaged(at, "a number is cut");
      int part = file.u8(at++);
      number |= (long) (part & 0x7f) << shift;
      if (part < 0x80) return number;
    }
    throw file.damaged(at, "a number has over ten bytes");
  }

  /** A signed varint. */
  long signed() throws DamagedFile {
    long number = unsigned();
    return (number >>> 1) ^ -(number & 1);
  }

  /** A count of things that take at least a byte each. */
  int count() throws DamagedFile {
    long count = unsigned();
    if (count < 0 || count > end - at) {
      throw file.damaged(at, "so many as %d can't follow".formatted(count));
    }
    return (int) count;
  }

  String text() throws DamagedFile {
    int length = count();
    var text = new String(file.copy(at, length), StandardCharsets.UTF_8);
    at += length;
    return text;
  }
}
