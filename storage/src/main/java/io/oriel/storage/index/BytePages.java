package io.oriel.storage.index;

import java.util.Arrays;

/**
 * Many short byte strings without an object each: they are appended to pages and known by an
 * address. Nothing moves or changes once it is written.
 */
final class BytePages {
  private static final int PAGE_BITS = 16;
  private static final int PAGE_BYTES = 1 << PAGE_BITS;
  private static final int MAX_PAGES = (1 << 16) - 1; // so that no address is -1

  private byte[][] pages = new byte[4][];
  private int count; // pages in use; the last is being filled
  private int used = PAGE_BYTES; // of the last page

  /** Appends bytes; what is longer than a page has one of its own. */
  int append(byte[] bytes, int length) {
    if (length > PAGE_BYTES - used) {
      if (count == MAX_PAGES) throw new IllegalStateException("more than 4 GiB of label text");
      if (count == pages.length) pages = Arrays.copyOf(pages, 2 * count);
      pages[count++] = new byte[Math.max(length, PAGE_BYTES)];
      used = 0;
    }
    int address = ((count - 1) << PAGE_BITS) | used;
    System.arraycopy(bytes, 0, pages[count - 1], used, length);
    used = Math.min(used + length, PAGE_BYTES);
    return address;
  }

  byte[] page(int address) {
    return pages[address >>> PAGE_BITS];
  }

  static int offset(int address) {
    return address & (PAGE_BYTES - 1);
  }

  long bytes() {
    return (long) count << PAGE_BITS;
  }
}
