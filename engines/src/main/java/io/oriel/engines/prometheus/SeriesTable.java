package io.oriel.engines.prometheus;

import io.oriel.model.Labels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The series that writers hold: by number their labels as they are sent, and the newest time that
 * was handed on. All but {@link #lock} is called by whoever holds it.
 */
final class SeriesTable {
  static final long NOTHING_YET = Long.MIN_VALUE;

  final ReentrantLock lock = new ReentrantLock();
  private final Function<Labels, byte @Nullable []> encode;
  private final Map<Labels, Integer> numbers = new HashMap<>();
  private Labels[] labels = new Labels[256];
  private byte[] @Nullable [] blocks = new byte[256] @Nullable [];
  private long[] newest = new long[256];
  private int[] holders = new int[256];
  private int[] free = new int[256];
  private int freeCount;
  private int count; // numbers that were ever given

  /**
   * @param encode gives the labels as they leave; null where the series stays here
   */
  SeriesTable(Function<Labels, byte @Nullable []> encode) {
    this.encode = encode;
  }

  /** One more holder of a series. */
  int hold(Labels of) {
    Integer known = numbers.get(of);
    if (known != null) {
      holders[known]++;
      return known;
    }
    byte[] block = encode.apply(of);
    int number = freeCount > 0 ? free[--freeCount] : count++;
    if (number == newest.length) grow();
    labels[number] = of;
    blocks[number] = block;
    newest[number] = NOTHING_YET;
    holders[number] = 1;
    numbers.put(of, number);
    return number;
  }

  private void grow() {
    int room = 2 * newest.length;
    labels = Arrays.copyOf(labels, room);
    blocks = Arrays.copyOf(blocks, room);
    newest = Arrays.copyOf(newest, room);
    holders = Arrays.copyOf(holders, room);
  }

  /** One holder less; a series that nobody holds is forgotten, its number given anew. */
  void release(int number) {
    if (--holders[number] > 0) return;
    numbers.remove(labels[number]);
    labels[number] = Labels.EMPTY;
    blocks[number] = null;
    if (freeCount == free.length) free = Arrays.copyOf(free, 2 * freeCount);
    free[freeCount++] = number;
  }

  /** The labels as 1.0 writes them; null where the series stays here. */
  byte @Nullable [] block(int number) {
    return blocks[number];
  }

  long newest(int number) {
    return newest[number];
  }

  void newest(int number, long timeMs) {
    newest[number] = timeMs;
  }

  int size() {
    return numbers.size();
  }
}
