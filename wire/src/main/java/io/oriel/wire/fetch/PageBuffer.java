package io.oriel.wire.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Bytes that are filled, read and filled again. Grows with what really came, up to the limit. */
public final class PageBuffer {
  private static final int FIRST = 32 << 10;
  private static final int KEPT = 4 << 20; // a larger one is not kept for the next page

  /** More came than is allowed. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1;
  }

  private final PageRoom room;
  private byte[] bytes = new byte[0];
  private int length;
  private int held; // of the room

  /** One that shares its room with no other: bounded by what a request allows alone. */
  public PageBuffer() {
    this(new PageRoom(Integer.MAX_VALUE));
  }

  /**
   * @param room for what is larger than most pages; shared
   */
  public PageBuffer(PageRoom room) {
    this.room = room;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  /** Lets go of memory that an unusually large page took. */
  public void trim() {
    if (bytes.length > KEPT) bytes = new byte[0];
    length = 0;
    room.give(held);
    held = 0;
  }

  /** Takes a page that is in memory already; it is copied. */
  public void put(byte[] page) {
    if (bytes.length < page.length) bytes = new byte[page.length];
    System.arraycopy(page, 0, bytes, 0, page.length);
    length = page.length;
  }

  /** Reads to the end of the stream. */
  void fill(InputStream in, long maxBytes, Deadline deadline) throws IOException {
    length = 0;
    while (true) {
      if (length == bytes.length) grow(maxBytes, deadline);
      int room = (int) Math.min(bytes.length, maxBytes + 1) - length;
      int read = in.read(bytes, length, room);
      if (read < 0) return;
      length += read;
      if (length > maxBytes) throw new TooLarge();
    }
  }

  private void grow(long maxBytes, Deadline deadline) throws IOException {
    long wanted = Math.max(FIRST, 2L * bytes.length);
    // one more than allowed, so that too much is noticed
    long most = Math.min(maxBytes + 1, Integer.MAX_VALUE - 16);
    int next = (int) Math.min(wanted, most);
    held = room.take(next, held, deadline);
    bytes = Arrays.copyOf(bytes, next);
  }
}
