package io.oriel.metrics.block;

import static io.oriel.metrics.block.MetricBlockWriter.FOOTER_BYTES;
import static io.oriel.metrics.block.MetricBlockWriter.GROUP;
import static io.oriel.metrics.block.MetricBlockWriter.MAGIC;
import static io.oriel.metrics.block.MetricBlockWriter.VERSION;

import io.oriel.storage.column.ColumnReader;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/**
 * The file of chunks: where its sections are, and whether its pages are whole. The sections that
 * every reading needs are checked when the block is opened, a page of values when it is first read.
 */
final class BlockPages {
  private static final int PAGE_BYTES = BlockFile.PAGE_BYTES;

  private final MemorySegment bytes;
  private final long series;
  private final long samples;
  private final long chunks;
  private final long startMs;
  private final long timesAt;
  private final long seriesAt;
  private final long groupsAt;
  private final long checksumsAt; // here the pages end
  private final AtomicIntegerArray checked; // a bit a page

  private BlockPages(MemorySegment bytes) {
    this.bytes = bytes;
    var in = new ColumnReader().at(bytes, bytes.byteSize() - FOOTER_BYTES);
    series = in.readLong();
    samples = in.readLong();
    chunks = in.readLong();
    startMs = in.readLong();
    timesAt = in.readLong();
    seriesAt = in.readLong();
    groupsAt = in.readLong();
    checksumsAt = in.readLong();
    long count = (checksumsAt + PAGE_BYTES - 1) / PAGE_BYTES;
    if (checksumsAt + count * Integer.BYTES + FOOTER_BYTES != bytes.byteSize()) {
      throw new DamagedBlock(
          "the file chunks ends at offset %d, not where its last words say"
              .formatted(bytes.byteSize()));
    }
    checked = new AtomicIntegerArray(Math.toIntExact((count + 31) / 32));
  }

  static BlockPages open(MemorySegment bytes) {
    BlockPages pages = unchecked(bytes);
    pages.check(pages.timesAt, pages.checksumsAt - pages.timesAt);
    return pages;
  }

  /** Only the last words are checked. */
  static BlockPages unchecked(MemorySegment bytes) {
    if (bytes.byteSize() < FOOTER_BYTES + 8)
      throw new DamagedBlock("the file chunks is cut short at offset " + bytes.byteSize());
    checkFooter(bytes);
    return new BlockPages(bytes);
  }

  /** Tells the offset of each page that is not what was written. */
  void eachBadPage(LongConsumer offset) {
    for (long at = 0; at < checksumsAt; at += PAGE_BYTES) {
      try {
        checkPage((int) (at / PAGE_BYTES));
      } catch (DamagedBlock _) {
        offset.accept(at);
      }
    }
  }

  /** Bytes of the sections in their order: values, times, series with their groups, the rest. */
  long[] sections() {
    return new long[] {
      timesAt, seriesAt - timesAt, checksumsAt - seriesAt, bytes.byteSize() - checksumsAt
    };
  }

  private static void checkFooter(MemorySegment bytes) {
    long at = bytes.byteSize() - FOOTER_BYTES;
    var in = new ColumnReader().at(bytes, bytes.byteSize() - 16);
    int wanted = in.readInt();
    in.skip(4);
    long magic = in.readLong();
    if ((magic & 0xffff_ffff_ffffL) != MAGIC)
      throw new DamagedBlock("the last words are no block's");
    if (magic >>> 48 > VERSION) { // 1 has no native histograms nor start times, 2 no aggregates
      throw new DamagedBlock("it was written by a newer Oriel (format %d)".formatted(magic >>> 48));
    }
    var crc = new CRC32C();
    crc.update(bytes.asSlice(at, FOOTER_BYTES - 16).asByteBuffer());
    if ((int) crc.getValue() != wanted)
      throw new DamagedBlock(
          "the file chunks: the last words, from offset %d, are damaged".formatted(at));
  }

  MemorySegment bytes() {
    return bytes;
  }

  long series() {
    return series;
  }

  long samples() {
    return samples;
  }

  long chunks() {
    return chunks;
  }

  long startMs() {
    return startMs;
  }

  /** Where a column of times stands. */
  long times(long place) {
    if (place < 0 || place >= seriesAt - timesAt) throw new DamagedBlock("times at " + place);
    return timesAt + place;
  }

  /** Goes to a series' list of chunks; the answer is where its values begin. */
  long find(int id, ColumnReader in) {
    if (id < 0 || id >= series) throw new IndexOutOfBoundsException("series " + id);
    in.at(bytes, groupsAt + 16L * (id / GROUP));
    long place = in.readLong();
    long values = in.readLong();
    in.at(bytes, seriesAt + place);
    for (int before = id % GROUP; before > 0; before--) {
      for (long left = in.readVarint(); left > 0; left--) {
        in.readVarint();
        values += in.readVarint();
      }
    }
    return values;
  }

  /** Checks the pages under some bytes that were not checked yet. */
  void check(long at, long length) {
    if (at < 0 || length < 0 || at + length > checksumsAt) throw new DamagedBlock("bytes at " + at);
    for (int page = (int) (at / PAGE_BYTES); page <= (at + length - 1) / PAGE_BYTES; page++) {
      int bit = 1 << (page & 31);
      if ((checked.get(page >>> 5) & bit) != 0) continue;
      checkPage(page);
      checked.getAndUpdate(page >>> 5, bits -> bits | bit);
    }
  }

  private void checkPage(int page) {
    long at = (long) page * PAGE_BYTES;
    var crc = new CRC32C();
    crc.update(bytes.asSlice(at, Math.min(PAGE_BYTES, checksumsAt - at)).asByteBuffer());
    int wanted = new ColumnReader().at(bytes, checksumsAt + 4L * page).readInt();
    if ((int) crc.getValue() != wanted) {
      throw new DamagedBlock(
          "the file chunks: the page at offset %d is not what was written".formatted(at));
    }
  }
}
