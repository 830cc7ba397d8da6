package io.oriel.storage.index;

import java.util.Arrays;

/**
 * Strings, each kept once as bytes and known by a number from 0. About ten bytes a string beside
 * its text. Not thread-safe: the index that owns it guards it.
 */
final class SymbolTable {
  private static final int FIRST_SLOTS = 64;

  private final BytePages pages = new BytePages(); // length as a varint, then the text
  private int[] addresses = new int[FIRST_SLOTS / 2];
  private int[] slots = new int[FIRST_SLOTS]; // id + 1, found by hash and linear probing; 0 = free
  private int size;
  private long textBytes;

  /** The number of a string, which is added where it is new. */
  int add(String text) {
    int slot = slotOf(text);
    if (slots[slot] != 0) return slots[slot] - 1;
    if (size == addresses.length) grow();
    byte[] bytes = Utf8.encode(text);
    byte[] entry = new byte[bytes.length + Varints.MAX_BYTES];
    int start = Varints.put(entry, 0, bytes.length);
    System.arraycopy(bytes, 0, entry, start, bytes.length);
    addresses[size] = pages.append(entry, start + bytes.length);
    slots[slotOf(text)] = size + 1;
    textBytes += bytes.length;
    return size++;
  }

  /** The number of a string, -1 where it is not in the table. Allocates nothing for ASCII. */
  int idOf(String text) {
    return slots[slotOf(text)] - 1;
  }

  String text(int id) {
    byte[] page = pages.page(addresses[id]);
    int at = BytePages.offset(addresses[id]);
    int length = Varints.get(page, at);
    return Utf8.decode(page, at + Varints.length(length), length);
  }

  byte[] bytes(int id) {
    byte[] page = pages.page(addresses[id]);
    int at = BytePages.offset(addresses[id]);
    int length = Varints.get(page, at);
    int start = at + Varints.length(length);
    return Arrays.copyOfRange(page, start, start + length);
  }

  int size() {
    return size;
  }

  /** Bytes of all texts together. */
  long textBytes() {
    return textBytes;
  }

  /** Bytes of one text. */
  int length(int id) {
    return Varints.get(pages.page(addresses[id]), BytePages.offset(addresses[id]));
  }

  /** The slot that holds the string, or the free one where it would go. */
  private int slotOf(String text) {
    boolean ascii = Utf8.isAscii(text);
    byte[] encoded = ascii ? null : Utf8.encode(text);
    int mask = slots.length - 1;
    int slot = spread(text.hashCode()) & mask;
    while (slots[slot] != 0) {
      int id = slots[slot] - 1;
      if (encoded == null ? equalsAscii(id, text) : Arrays.equals(bytes(id), encoded)) return slot;
      slot = slot + 1 & mask;
    }
    return slot;
  }

  boolean equalsText(int id, String text) {
    return Utf8.isAscii(text) ? equalsAscii(id, text) : text.equals(text(id));
  }

  private boolean equalsAscii(int id, String text) {
    byte[] page = pages.page(addresses[id]);
    int at = BytePages.offset(addresses[id]);
    int length = Varints.get(page, at);
    if (length != text.length()) return false;
    at += Varints.length(length);
    for (int i = 0; i < length; i++) {
      if (page[at + i] != text.charAt(i)) return false;
    }
    return true;
  }

  private void grow() {
    addresses = Arrays.copyOf(addresses, size + (size >> 1));
    if (3L * addresses.length <= 2L * slots.length) return;
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int id = 0; id < size; id++) {
      int slot = spread(text(id).hashCode()) & mask;
      while (slots[slot] != 0) slot = slot + 1 & mask;
      slots[slot] = id + 1;
    }
  }

  /** String hashes differ in their low bits only for like strings: spreads them over the table. */
  static int spread(int hash) {
    int mixed = hash * 0x9e3779b9;
    return mixed ^ mixed >>> 15;
  }
}
