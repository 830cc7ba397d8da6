package io.oriel.metrics.head;

import io.oriel.storage.column.ColumnReader;
import io.oriel.storage.column.ColumnWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sealed chunks of one shard, beside the heap: small columns in pages of memory, a set of pages
 * for each range that becomes a block, so that what has become one is dropped by the page.
 *
 * <p>A chunk is named by its page and its place there: {@code page << 16 | offset}, never 0. Each
 * names the one before it of its series. The shard's appender adds; anybody reads.
 *
 * <pre>
 *   chunk: prev i64 | first time i64 | last time less first u32 | samples u16 | bytes u16 | times, values
 * </pre>
 */
final class SealedChunks {
  static final long NONE = 0;
  private static final int PAGE_BYTES = 1 << 16;
  private static final int HEADER_BYTES = 24;
  static final int MOST_BYTES = PAGE_BYTES - HEADER_BYTES - 64;

  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

  private volatile @Nullable MemorySegment[] pages = new MemorySegment[1]; // page 0 is no page
  private final TreeMap<Long, Window> windows = new TreeMap<>();
  private final ArrayDeque<Integer> freeNumbers = new ArrayDeque<>();
  private final ArrayDeque<MemorySegment> freePages = new ArrayDeque<>();
  private long chunks;
  private long bytes;

  /** The pages of one range of time. */
  private static final class Window {
    int[] pages = new int[4];
    int count;
    int used = PAGE_BYTES; // bytes of the last page
    long chunks;
    long bytes;
  }

  /** Adds a chunk whose columns lie in the writer; the answer names it. */
  long add(long window, long prev, long firstMs, long lastMs, int samples, ColumnWriter columns) {
    int length = columns.size;
    if (length > MOST_BYTES) throw new IllegalStateException("a chunk of " + length + " bytes");
    Window in = windows.computeIfAbsent(window, _ -> new Window());
    int room = (HEADER_BYTES + length + 7) & ~7;
    if (in.used + room + ColumnReader.SLACK > PAGE_BYTES) addPage(in);
    int number = in.pages[in.count - 1];
    MemorySegment page = page(number);
    long at = in.used;
    page.set(LONG, at, prev);
    page.set(LONG, at + 8, firstMs);
    page.set(LONG, at + 16, (lastMs - firstMs) | (long) samples << 32 | (long) length << 48);
    MemorySegment.copy(columns.bytes, 0, page, ValueLayout.JAVA_BYTE, at + HEADER_BYTES, length);
    in.used += room;
    in.chunks++;
    in.bytes += room;
    chunks++;
    bytes += room;
    return (long) number << 16 | at;
  }

  private void addPage(Window window) {
    MemorySegment page = freePages.poll();
    if (page == null) page = Arena.ofAuto().allocate(PAGE_BYTES, 8);
    Integer number = freeNumbers.poll();
    @Nullable MemorySegment[] all = pages;
    if (number == null) {
      number = all.length;
      all = Arrays.copyOf(all, all.length + Math.max(16, all.length / 4));
      for (int free = number + 1; free < all.length; free++) freeNumbers.add(free);
    } else {
      all = all.clone();
    }
    all[number] = page;
    pages = all;
    if (window.count == window.pages.length) {
      window.pages = Arrays.copyOf(window.pages, window.count * 2);
    }
    window.pages[window.count++] = number;
    window.used = 8; // so that no chunk's name is 0, and chunks begin at whole words
  }

  private MemorySegment page(int number) {
    MemorySegment page = pages[number];
    if (page == null) throw new IllegalStateException("page " + number + " was dropped");
    return page;
  }

  long prev(long chunk) {
    return page((int) (chunk >>> 16)).get(LONG, chunk & 0xffff);
  }

  void setPrev(long chunk, long prev) {
    page((int) (chunk >>> 16)).set(LONG, chunk & 0xffff, prev);
  }

  long firstMs(long chunk) {
    return page((int) (chunk >>> 16)).get(LONG, (chunk & 0xffff) + 8);
  }

  long lastMs(long chunk) {
    return firstMs(chunk) + (shape(chunk) & 0xffff_ffffL);
  }

  int samples(long chunk) {
    return (int) (shape(chunk) >>> 32) & 0xffff;
  }

  int length(long chunk) {
    return (int) (shape(chunk) >>> 48);
  }

  private long shape(long chunk) {
    return page((int) (chunk >>> 16)).get(LONG, (chunk & 0xffff) + 16);
  }

  /** Goes to a chunk's columns: times, then values. */
  ColumnReader open(long chunk, ColumnReader reader) {
    return reader.at(page((int) (chunk >>> 16)), (chunk & 0xffff) + HEADER_BYTES);
  }

  /**
   * Takes the pages of windows before one out of use and hands them over; nobody may read their
   * chunks any more when they are {@link #recycle recycled}.
   */
  int[] detach(long beforeWindow) {
    var gone = windows.headMap(beforeWindow);
    int[] numbers = new int[gone.values().stream().mapToInt(window -> window.count).sum()];
    int n = 0;
    for (Map.Entry<Long, Window> each : gone.entrySet()) {
      Window window = each.getValue();
      System.arraycopy(window.pages, 0, numbers, n, window.count);
      n += window.count;
      chunks -= window.chunks;
      bytes -= window.bytes;
    }
    gone.clear();
    return numbers;
  }

  /** Gives detached pages to whoever needs one next; more than are in use go back to the system. */
  void recycle(int[] numbers) {
    @Nullable MemorySegment[] all = pages.clone();
    int inUse = windows.values().stream().mapToInt(window -> window.count).sum();
    for (int number : numbers) {
      MemorySegment page = all[number];
      all[number] = null;
      freeNumbers.add(number);
      if (page != null && freePages.size() <= inUse) freePages.add(page);
    }
    pages = all;
  }

  long chunks() {
    return chunks;
  }

  long bytes() {
    return bytes;
  }
}
