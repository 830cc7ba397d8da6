package io.oriel.metrics.block;

import io.oriel.storage.column.ColumnWriter;
import io.oriel.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Writes a block's file from front to end, with a checksum for each page of it. */
final class BlockFile {
  static final int PAGE_BYTES = 1 << 16;

  private final DiskFile file;
  private final ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);
  private final ColumnWriter checksums = new ColumnWriter();
  private final CRC32C crc = new CRC32C();
  private long size;

  BlockFile(DiskFile file) {
    this.file = file;
  }

  /** How many bytes there are so far: where the next one goes. */
  long size() {
    return size;
  }

  void write(ColumnWriter from) throws IOException {
    int at = 0;
    while (at < from.size) {
      int part = Math.min(from.size - at, page.remaining());
      page.put(from.bytes, at, part);
      at += part;
      size += part;
      if (!page.hasRemaining()) flush();
    }
  }

  private void flush() throws IOException {
    page.flip();
    crc.reset();
    crc.update(page.duplicate());
    checksums.putInt((int) crc.getValue());
    file.writeFully(page, size - page.limit());
    page.clear();
  }

  /** Ends the pages; their checksums and the last words follow, unpaged. */
  void finish(ColumnWriter footer) throws IOException {
    if (page.position() > 0) flush();
    file.writeFully(ByteBuffer.wrap(checksums.bytes, 0, checksums.size), size);
    file.writeFully(ByteBuffer.wrap(footer.bytes, 0, footer.size), size + checksums.size);
  }
}
