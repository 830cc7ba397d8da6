package io.oriel.collect.node;

import java.util.Arrays;

/** A growing list of ints that is filled anew each round. */
final class Numbers {
  private int[] values = new int[256];
  private int size;

  void clear() {
    size = 0;
  }

  void add(int value) {
    if (size == values.length) values = Arrays.copyOf(values, size * 2);
    values[size++] = value;
  }

  int size() {
    return size;
  }

  int at(int i) {
    return values[i];
  }
}
