package io.oriel.storage.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Label pairs in memory, numbered from 0: each a name and a value, and all pairs of a name. Not
 * thread-safe.
 */
final class LabelPairs {
  private static final int FIRST_SLOTS = 128;

  private final SymbolTable symbols = new SymbolTable();
  private final List<Name> names = new ArrayList<>(); // few: hundreds at most, as a rule
  private int[] nameOfSymbol = new int[64]; // position in names + 1; 0 = no name
  private int[] nameOf = new int[FIRST_SLOTS / 2];
  private int[] valueOf = new int[FIRST_SLOTS / 2]; // symbol
  private int[] slots = new int[FIRST_SLOTS]; // pair + 1; 0 = free
  private int size;

  /** A label name and the pairs that have it. */
  private static final class Name {
    final String text;
    int[] pairs = new int[4];
    int count;

    Name(String text) {
      this.text = text;
    }

    void add(int pair) {
      if (count == pairs.length) pairs = Arrays.copyOf(pairs, 2 * count);
      pairs[count++] = pair;
    }
  }

  int size() {
    return size;
  }

  /** Bytes of all names and values, each counted once. */
  long textBytes() {
    return symbols.textBytes();
  }

  /** What the strings of a pair take; the name counts where no other pair has it. */
  int bytesOf(int pair) {
    Name name = names.get(nameOf[pair]);
    return symbols.length(valueOf[pair]) + (name.count == 1 ? name.text.length() : 0);
  }

  /** The pair's number, which is added where it is new: then it equals the size before. */
  int add(String name, String value) {
    int nameId = addName(name);
    int symbol = symbols.add(value);
    int slot = slotOf(nameId, symbol);
    if (slots[slot] != 0) return slots[slot] - 1;
    if (size == nameOf.length) {
      grow();
      slot = slotOf(nameId, symbol);
    }
    nameOf[size] = nameId;
    valueOf[size] = symbol;
    slots[slot] = size + 1;
    names.get(nameId).add(size);
    return size++;
  }

  private int addName(String name) {
    int symbol = symbols.add(name);
    if (symbol >= nameOfSymbol.length) {
      nameOfSymbol = Arrays.copyOf(nameOfSymbol, Math.max(symbol + 1, 2 * nameOfSymbol.length));
    }
    if (nameOfSymbol[symbol] == 0) {
      names.add(new Name(name));
      nameOfSymbol[symbol] = names.size();
    }
    return nameOfSymbol[symbol] - 1;
  }

  /** The pair's number, -1 where there is none. */
  int find(String name, String value) {
    int nameId = nameId(name);
    int symbol = nameId < 0 ? -1 : symbols.idOf(value);
    return symbol < 0 ? -1 : slots[slotOf(nameId, symbol)] - 1;
  }

  private int nameId(String name) {
    int symbol = symbols.idOf(name);
    return symbol < 0 || symbol >= nameOfSymbol.length ? -1 : nameOfSymbol[symbol] - 1;
  }

  private int slotOf(int nameId, int symbol) {
    int mask = slots.length - 1;
    int slot = hash(nameId, symbol) & mask;
    while (slots[slot] != 0) {
      int pair = slots[slot] - 1;
      if (nameOf[pair] == nameId && valueOf[pair] == symbol) return slot;
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private static int hash(int nameId, int symbol) {
    return SymbolTable.spread(31 * symbol + nameId);
  }

  private void grow() {
    nameOf = Arrays.copyOf(nameOf, size + (size >> 1));
    valueOf = Arrays.copyOf(valueOf, nameOf.length);
    if (3L * nameOf.length <= 2L * slots.length) return;
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int pair = 0; pair < size; pair++) {
      int slot = hash(nameOf[pair], valueOf[pair]) & mask;
      while (slots[slot] != 0) slot = slot + 1 & mask;
      slots[slot] = pair + 1;
    }
  }

  String name(int pair) {
    return names.get(nameOf[pair]).text;
  }

  String value(int pair) {
    return symbols.text(valueOf[pair]);
  }

  boolean equals(int pair, String name, String value) {
    return names.get(nameOf[pair]).text.equals(name) && symbols.equalsText(valueOf[pair], value);
  }

  boolean hasName(int pair, String name) {
    return names.get(nameOf[pair]).text.equals(name);
  }

  /** The numbers of all pairs of a name. */
  int[] ofName(String name) {
    int nameId = nameId(name);
    if (nameId < 0) return new int[0];
    Name found = names.get(nameId);
    return Arrays.copyOf(found.pairs, found.count);
  }

  /** Every name that any pair has. */
  List<String> names() {
    return names.stream().map(name -> name.text).toList();
  }

  SymbolTable symbols() {
    return symbols;
  }

  int valueSymbol(int pair) {
    return valueOf[pair];
  }
}
