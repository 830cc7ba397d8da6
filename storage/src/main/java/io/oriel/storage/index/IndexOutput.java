package io.oriel.storage.index;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.oriel.storage.disk.DiskFile;
import io.oriel.storage.index.IndexFormat.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.roaringbitmap.RoaringBitmap;

/** Writes an index file from front to back through one buffer; the header comes last. */
final class IndexOutput {
  private final DiskFile file;
  private final CRC32C crc = new CRC32C();
  private final long[] sections = new long[Section.COUNT + 1];
  private ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(LITTLE_ENDIAN);
  private long flushed = IndexFormat.HEADER_BYTES;

  IndexOutput(DiskFile file) {
    this.file = file;
  }

  long position() {
    return flushed + buffer.position();
  }

  void begin(Section section) {
    sections[section.number] = position();
  }

  /** How far the open section has come. */
  long within(Section section) {
    return position() - sections[section.number];
  }

  void putInt(int value) throws IOException {
    room(4).putInt(value);
  }

  /** A place within a section that must fit four bytes. */
  void putPlace(long place) throws IOException {
    if (place > 0xffff_ffffL) throw new IOException("a label index section is larger than 4 GiB");
    putInt((int) place);
  }

  void putLong(long value) throws IOException {
    room(8).putLong(value);
  }

  void put(byte[] bytes, int length) throws IOException {
    room(length).put(bytes, 0, length);
  }

  void put(RoaringBitmap bitmap) throws IOException {
    bitmap.serialize(room(bitmap.serializedSizeInBytes()));
  }

  private ByteBuffer room(int bytes) throws IOException {
    if (bytes > buffer.remaining()) flush();
    if (bytes > buffer.capacity()) buffer = ByteBuffer.allocate(2 * bytes).order(LITTLE_ENDIAN);
    return buffer;
  }

  private void flush() throws IOException {
    buffer.flip();
    int bytes = buffer.remaining();
    crc.update(buffer.duplicate());
    file.writeFully(buffer, flushed);
    flushed += bytes;
    buffer.clear();
  }

  /** Writes the header: with it the file is whole. */
  void finish(int symbols, int names, int pairs, int series) throws IOException {
    flush();
    sections[sections.length - 1] = flushed;
    ByteBuffer header = ByteBuffer.allocate(IndexFormat.HEADER_BYTES).order(LITTLE_ENDIAN);
    header.putLong(IndexFormat.MAGIC | ((long) IndexFormat.VERSION << 48));
    header.putInt(symbols).putInt(names).putInt(pairs).putInt(series);
    for (long section : sections) header.putLong(section);
    header.putInt((int) crc.getValue());
    var headerCrc = new CRC32C();
    headerCrc.update(header.array(), 0, IndexFormat.HEADER_CRC_AT);
    header.putInt((int) headerCrc.getValue());
    file.writeFully(header.flip(), 0);
  }
}
