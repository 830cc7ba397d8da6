package io.oriel.metrics.block;

import io.oriel.model.SampleColumns;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.disk.Finding;
import io.oriel.storage.index.BlockIndex;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * Holds all bytes of a block's files against their checksums and tells all that is wrong. Where the
 * bytes are those that were written, every chunk is decoded too: what was written wrong is whole.
 */
public final class BlockCheck {
  private static final long UNKNOWN = -1;
  private static final int MOST_TOLD = 20; // chunks of one file

  private BlockCheck() {}

  public static void check(Disk disk, Path block, Finding.Hearer hearer) throws IOException {
    Path chunks = block.resolve(MetricBlockWriter.FILE);
    Path index = block.resolve(MetricBlockWriter.INDEX_FILE);
    long inChunks = UNKNOWN;
    long inIndex = UNKNOWN;
    if (!disk.exists(chunks)) hearer.found(chunks, 0, "the file is missing");
    if (!disk.exists(index)) hearer.found(index, 0, "the file is missing");
    try (Arena arena = Arena.ofConfined()) {
      if (disk.exists(chunks)) inChunks = chunks(chunks, disk.map(chunks, arena), hearer);
      if (disk.exists(index)) inIndex = index(index, disk.map(index, arena), hearer);
    }
    if (inChunks != UNKNOWN && inIndex != UNKNOWN && inChunks != inIndex) {
      hearer.found(index, 0, "it has %d series, the chunks %d".formatted(inIndex, inChunks));
    }
  }

  private static long chunks(Path file, MemorySegment bytes, Finding.Hearer hearer) {
    try {
      BlockPages pages = BlockPages.unchecked(bytes);
      int[] bad = {0};
      pages.eachBadPage(at -> {
        bad[0]++;
        hearer.found(file, at, "the page is not what was written");
      });
      if (bad[0] == 0) decode(file, pages, hearer);
      return pages.series();
    } catch (RuntimeException e) {
      long words = Math.max(0, bytes.byteSize() - MetricBlockWriter.FOOTER_BYTES);
      hearer.found(file, words, String.valueOf(e.getMessage()));
      return UNKNOWN;
    }
  }

  private static void decode(Path file, BlockPages pages, Finding.Hearer hearer) {
    var cursor = new MetricBlock.Cursor();
    var samples = new SampleColumns();
    int told = 0;
    long all = 0;
    for (int id = 0; id < pages.series() && told < MOST_TOLD; id++) {
      samples.clear();
      try {
        MetricBlock.readChecked(pages, id, samples, cursor);
        all += samples.size;
      } catch (RuntimeException e) {
        told++;
        hearer.found(
            file,
            0,
            "series %d can't be decoded (%s)".formatted(id, String.valueOf(e.getMessage())));
      }
    }
    if (told == 0 && all != pages.samples()) {
      hearer.found(
          file, 0, "it has %d samples, its last words say %d".formatted(all, pages.samples()));
    }
  }

  private static long index(Path file, MemorySegment bytes, Finding.Hearer hearer) {
    try {
      BlockIndex index = BlockIndex.open(bytes);
      if (index.isWhole()) return index.size();
      hearer.found(file, 0, "bytes behind the header are not what was written");
    } catch (RuntimeException e) {
      hearer.found(file, 0, String.valueOf(e.getMessage()));
    }
    return UNKNOWN;
  }
}
