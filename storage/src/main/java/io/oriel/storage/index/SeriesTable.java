package io.oriel.storage.index;

import io.oriel.model.Labels;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * The labels of series in memory: an id to its pairs, and labels to their id. About 45 bytes for a
 * series of ten labels, no object. Not thread-safe.
 */
final class SeriesTable {
  private static final int FREE = 0;
  private static final int GONE = -1; // a slot that was taken once: probing goes on behind it
  private static final int FIRST_SLOTS = 128;
  private static final int ABSENT = -1;

  private final LabelPairs pairs;
  private final BytePages pages = new BytePages(); // number of pairs, pairs; all varints
  private int[] addresses = new int[64]; // by id; ABSENT is no address: no page reaches so far
  private int[] slots = new int[FIRST_SLOTS]; // id + 1
  private int[] hashes = new int[FIRST_SLOTS]; // of the labels in the same slot
  private byte[] scratch = new byte[256];
  private int taken; // slots that are not free
  private int size;

  SeriesTable(LabelPairs pairs) {
    this.pairs = pairs;
    Arrays.fill(addresses, ABSENT);
  }

  int size() {
    return size;
  }

  boolean contains(int id) {
    return id >= 0 && id < addresses.length && addresses[id] != ABSENT;
  }

  /** Adds a series by the numbers of its pairs, in the order of its labels. */
  void add(int id, Labels labels, int[] itsPairs) {
    if (id >= addresses.length) {
      int before = addresses.length;
      addresses = Arrays.copyOf(addresses, Math.max(id + 1, before + (before >> 1)));
      Arrays.fill(addresses, before, addresses.length, ABSENT);
    }
    addresses[id] = store(itsPairs, labels.size());
    if (3L * (taken + 1) > 2L * slots.length) rehash();
    int slot = freeSlot(labels.hashCode());
    slots[slot] = id + 1;
    hashes[slot] = labels.hashCode();
    taken++;
    size++;
  }

  private int store(int[] itsPairs, int count) {
    int most = Varints.MAX_BYTES * (count + 1);
    if (scratch.length < most) scratch = new byte[most];
    int n = Varints.put(scratch, 0, count);
    for (int i = 0; i < count; i++) n = Varints.put(scratch, n, itsPairs[i]);
    return pages.append(scratch, n);
  }

  private int freeSlot(int hash) {
    int mask = slots.length - 1;
    int slot = SymbolTable.spread(hash) & mask;
    while (slots[slot] != FREE) slot = slot + 1 & mask;
    return slot;
  }

  private void rehash() {
    int[] oldSlots = slots;
    int[] oldHashes = hashes;
    int length = 3L * (size + 1) > slots.length ? 2 * slots.length : slots.length;
    slots = new int[length];
    hashes = new int[length];
    taken = size;
    for (int i = 0; i < oldSlots.length; i++) {
      if (oldSlots[i] == FREE || oldSlots[i] == GONE) continue;
      int slot = freeSlot(oldHashes[i]);
      slots[slot] = oldSlots[i];
      hashes[slot] = oldHashes[i];
    }
  }

  /** The id of the series with these labels, -1 where there is none. Allocates nothing. */
  int find(Labels labels) {
    int slot = slotOf(labels);
    return slot < 0 ? -1 : slots[slot] - 1;
  }

  private int slotOf(Labels labels) {
    int mask = slots.length - 1;
    int hash = labels.hashCode();
    for (int slot = SymbolTable.spread(hash) & mask; slots[slot] != FREE; slot = slot + 1 & mask) {
      if (hashes[slot] != hash || slots[slot] == GONE) continue;
      if (hasLabels(slots[slot] - 1, labels)) return slot;
    }
    return -1;
  }

  private boolean hasLabels(int id, Labels labels) {
    byte[] page = pages.page(addresses[id]);
    int at = BytePages.offset(addresses[id]);
    int count = Varints.get(page, at);
    if (count != labels.size()) return false;
    at += Varints.length(count);
    for (int i = 0; i < count; i++) {
      int pair = Varints.get(page, at);
      at += Varints.length(pair);
      if (!pairs.equals(pair, labels.nameAt(i), labels.valueAt(i))) return false;
    }
    return true;
  }

  void remove(int id) {
    Labels labels = labels(id);
    int slot = slotOf(labels);
    if (slot >= 0 && slots[slot] == id + 1) slots[slot] = GONE;
    addresses[id] = ABSENT;
    size--;
  }

  int[] pairsOf(int id) {
    byte[] page = pages.page(addresses[id]);
    int at = BytePages.offset(addresses[id]);
    int count = Varints.get(page, at);
    at += Varints.length(count);
    int[] found = new int[count];
    for (int i = 0; i < count; i++) {
      found[i] = Varints.get(page, at);
      at += Varints.length(found[i]);
    }
    return found;
  }

  /** The pair of a series that has a label name, -1 where it has no such label. */
  int pairOf(int id, String name) {
    byte[] page = pages.page(addresses[id]);
    int at = BytePages.offset(addresses[id]);
    int count = Varints.get(page, at);
    at += Varints.length(count);
    for (int i = 0; i < count; i++) {
      int pair = Varints.get(page, at);
      if (pairs.hasName(pair, name)) return pair;
      at += Varints.length(pair);
    }
    return -1;
  }

  Labels labels(int id) {
    return labels(id, pairs::value);
  }

  /** The same, with values that somebody else decodes. */
  Labels labels(int id, IntFunction<String> value) {
    int[] its = pairsOf(id);
    var text = new String[2 * its.length];
    for (int i = 0; i < its.length; i++) {
      text[2 * i] = pairs.name(its[i]);
      text[2 * i + 1] = value.apply(its[i]);
    }
    return Labels.ofSorted(text);
  }
}
