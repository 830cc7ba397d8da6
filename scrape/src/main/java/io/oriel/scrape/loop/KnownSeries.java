package io.oriel.scrape.loop;

import io.oriel.wire.exposition.SeriesText;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;

/**
 * Which line of a target's page is which series: from the raw bytes that name it to the handle in
 * the store, so that a steady scrape reads no labels and allocates nothing. Fields of arrays, not
 * objects; an entry is an int.
 *
 * <p>A round is one scrape. Entries that were not seen in it are told once by {@link #endRound} and
 * forgotten.
 */
final class KnownSeries {
  /** In place of a handle: relabelling dropped it. */
  static final long DROPPED = -1;

  /** In place of a handle: the store refused it; it is asked again now and then. */
  static final long REFUSED = -2;

  private static final int NONE = -1;
  private static final int FIRST = 64; // a power of two

  private byte[] texts = new byte[4096];
  private int textsEnd;
  private int[] slots = new int[2 * FIRST]; // entry + 1; 0 = free
  private long[] hashes = new long[FIRST];
  private int[] froms = new int[FIRST];
  private int[] tos = new int[FIRST];
  private byte[] forms = new byte[FIRST];
  private boolean[] timed = new boolean[FIRST];
  private int[] seen = new int[FIRST];
  private long[] handles = new long[FIRST];
  private int size;
  private int round;

  void beginRound() {
    round++;
  }

  /** How many are known. */
  int size() {
    return size;
  }

  /** The entry of a series, marked as seen; below 0 where it is not known. */
  int find(SeriesText series) {
    long hash = series.hash();
    int mask = slots.length - 1;
    for (int at = (int) hash & mask; slots[at] != 0; at = (at + 1) & mask) {
      int entry = slots[at] - 1;
      if (hashes[entry] == hash && series.sameAs(texts, froms[entry], tos[entry], forms[entry])) {
        seen[entry] = round;
        return entry;
      }
    }
    return NONE;
  }

  /** Remembers a series that {@link #find} did not know. */
  int add(SeriesText series, long handle) {
    if (size == hashes.length) grow();
    int length = series.to() - series.from();
    if (textsEnd + length > texts.length) {
      texts = Arrays.copyOf(texts, Math.max(textsEnd + length, texts.length * 3 / 2));
    }
    System.arraycopy(series.bytes(), series.from(), texts, textsEnd, length);
    int entry = size++;
    hashes[entry] = series.hash();
    froms[entry] = textsEnd;
    tos[entry] = textsEnd += length;
    forms[entry] = (byte) series.form();
    timed[entry] = false;
    seen[entry] = round;
    handles[entry] = handle;
    link(entry);
    return entry;
  }

  private void link(int entry) {
    int mask = slots.length - 1;
    int at = (int) hashes[entry] & mask;
    while (slots[at] != 0) at = (at + 1) & mask;
    slots[at] = entry + 1;
  }

  private void grow() {
    int room = 2 * size;
    hashes = Arrays.copyOf(hashes, room);
    froms = Arrays.copyOf(froms, room);
    tos = Arrays.copyOf(tos, room);
    forms = Arrays.copyOf(forms, room);
    timed = Arrays.copyOf(timed, room);
    seen = Arrays.copyOf(seen, room);
    handles = Arrays.copyOf(handles, room);
    slots = new int[2 * room]; // at most half full
    for (int entry = 0; entry < size; entry++) link(entry);
  }

  long handle(int entry) {
    return handles[entry];
  }

  /** Of a series that was refused: it was taken now, or was refused again. */
  void setHandle(int entry, long handle) {
    handles[entry] = handle;
  }

  /** Whether the last sample came with a time of its own, so that its end is not ours to tell. */
  boolean isTimed(int entry) {
    return timed[entry];
  }

  void setTimed(int entry, boolean ownTime) {
    timed[entry] = ownTime;
  }

  /**
   * Forgets what was not seen in this round.
   *
   * @param gone is told each such entry whose handle no seen entry has: two texts can mean one
   *     series, and it is gone only with the last of them
   */
  void endRound(IntConsumer gone) {
    int kept = 0;
    for (int entry = 0; entry < size; entry++) if (seen[entry] == round) kept++;
    if (kept == size) return;
    long[] alive = new long[kept];
    int n = 0;
    for (int entry = 0; entry < size; entry++) {
      if (seen[entry] == round) alive[n++] = handles[entry];
    }
    Arrays.sort(alive);
    for (int entry = 0; entry < size; entry++) {
      boolean told = handles[entry] < 0 || Arrays.binarySearch(alive, handles[entry]) >= 0;
      if (seen[entry] != round && !told) gone.accept(entry);
    }
    keepSeen();
  }

  /**
   * Forgets the entries from one on.
   *
   * @param gone is told each handle that no earlier entry has, once
   */
  void forgetFrom(int first, LongConsumer gone) {
    if (first >= size) return;
    long[] before = Arrays.copyOf(handles, first);
    Arrays.sort(before);
    Arrays.stream(handles, first, size)
        .filter(handle -> handle >= 0 && Arrays.binarySearch(before, handle) < 0)
        .distinct()
        .forEach(gone);
    size = first;
    textsEnd = first == 0 ? 0 : tos[first - 1];
    linkAll();
  }

  /** Moves the seen entries together, texts too; both only ever move down. */
  private void keepSeen() {
    int kept = 0;
    int end = 0;
    for (int entry = 0; entry < size; entry++) {
      if (seen[entry] != round) continue;
      int length = tos[entry] - froms[entry];
      System.arraycopy(texts, froms[entry], texts, end, length);
      hashes[kept] = hashes[entry];
      froms[kept] = end;
      tos[kept] = end += length;
      forms[kept] = forms[entry];
      timed[kept] = timed[entry];
      seen[kept] = seen[entry];
      handles[kept++] = handles[entry];
    }
    size = kept;
    textsEnd = end;
    linkAll();
  }

  /** Lets go of the room that a page needed which was far larger than those that follow. */
  private void shrink() {
    int room = Math.max(FIRST, 2 * Integer.highestOneBit(size));
    if (room > hashes.length / 8) return;
    hashes = Arrays.copyOf(hashes, room);
    froms = Arrays.copyOf(froms, room);
    tos = Arrays.copyOf(tos, room);
    forms = Arrays.copyOf(forms, room);
    timed = Arrays.copyOf(timed, room);
    seen = Arrays.copyOf(seen, room);
    handles = Arrays.copyOf(handles, room);
    slots = new int[2 * room];
    texts = Arrays.copyOf(texts, Math.max(4096, textsEnd));
  }

  private void linkAll() {
    shrink();
    Arrays.fill(slots, 0);
    for (int entry = 0; entry < size; entry++) link(entry);
  }
}
