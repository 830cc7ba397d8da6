package io.oriel.collect.node;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was made of a word before: a label set of a device's name, a metric of a field's name.
 * Looked up by bytes, so a known word costs no string. Bounded: a table that grew beyond its limit
 * starts again, since names that come and go would fill it.
 *
 * <p>Making must not read a file: the text at hand is the only one there is.
 */
final class Known<T> {
  private static final int LIMIT = 1 << 16;

  private final Function<String, T> make;
  private byte[][] keys = new byte[16][];
  private @Nullable Object[] values = new @Nullable Object[16];
  private int size;

  Known(Function<String, T> make) {
    this.make = make;
  }

  /** What belongs to the current word of a text. */
  T of(Text text) {
    int slot = text.wordHash() & keys.length - 1;
    for (; keys[slot] != null; slot = slot + 1 & keys.length - 1) {
      if (text.wordEquals(keys[slot])) return value(slot);
    }
    return add(text, slot);
  }

  void clear() {
    keys = new byte[16][];
    values = new @Nullable Object[16];
    size = 0;
  }

  private T add(Text text, int slot) {
    T made = make.apply(text.wordString());
    keys[slot] = text.wordBytes();
    values[slot] = made;
    if (++size * 2 > keys.length) grow();
    return made;
  }

  private void grow() {
    byte[][] oldKeys = keys;
    @Nullable Object[] oldValues = values;
    boolean full = size > LIMIT;
    int capacity = full ? 16 : oldKeys.length * 2;
    keys = new byte[capacity][];
    values = new @Nullable Object[capacity];
    size = 0;
    if (full) return;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != null) put(oldKeys[i], oldValues[i]);
    }
  }

  private void put(byte[] key, @Nullable Object value) {
    int hash = 1;
    for (byte b : key) hash = 31 * hash + b;
    int slot = hash & keys.length - 1;
    while (keys[slot] != null) slot = slot + 1 & keys.length - 1;
    keys[slot] = key;
    values[slot] = value;
    size++;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // add() puts a value beside each key
  private T value(int slot) {
    return (T) values[slot];
  }
}
