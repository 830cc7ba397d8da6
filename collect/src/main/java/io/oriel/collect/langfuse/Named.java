package io.oriel.collect.langfuse;

import java.util.HashSet;
import java.util.Set;

/**
 * Names that become values of a label: as many as there is room for, then {@code other}. Who has a
 * name keeps it, so that no counter ever goes back.
 */
final class Named {
  static final int MOST = 50;
  private static final int LONGEST = 200; // characters

  private final Set<String> named = new HashSet<>();

  String of(String name) {
    String cut = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    if (named.contains(cut)) return cut;
    return named.size() < MOST && named.add(cut) ? cut : "other";
  }
}
