package io.oriel.storage.index;

import io.oriel.model.Labels;
import io.oriel.storage.disk.DiskFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Index files in memory, for tests. */
final class IndexFiles {
  private IndexFiles() {}

  static MemorySegment write(List<Labels> series) throws IOException {
    var file = new Bytes();
    BlockIndex.write(file, series.size(), series::get);
    return MemorySegment.ofArray(Arrays.copyOf(file.bytes, file.size));
  }

  private static final class Bytes implements DiskFile {
    byte[] bytes = new byte[1024];
    int size;

    @Override
    public int write(ByteBuffer from, long at) {
      int length = from.remaining();
      int end = (int) at + length;
      if (end > bytes.length) bytes = Arrays.copyOf(bytes, 2 * end);
      from.get(bytes, (int) at, length);
      size = Math.max(size, end);
      return length;
    }

    @Override
    public int read(ByteBuffer into, long at) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public void truncate(long newSize) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void force() {}

    @Override
    public void close() {}
  }
}
