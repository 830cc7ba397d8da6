package io.oriel.collect.container;

import java.util.ArrayList;
import java.util.List;

/**
 * Which containers are meant to be here, by name; {@code *} stands for any letters. A list with no
 * line at all says nothing: then nobody is asked to be on it.
 */
public final class KeepList {
  public static final KeepList NONE = new KeepList(List.of());
  private static final int MOST = 10_000;

  private final List<String[]> names; // each parted at its stars

  private KeepList(List<String[]> names) {
    this.names = names;
  }

  /**
   * A name a line; what stands behind {@code #} is a comment.
   *
   * @throws IllegalArgumentException when there are more than 10,000
   */
  public static KeepList of(List<String> lines) {
    var names = new ArrayList<String[]>();
    for (String line : lines) {
      String name = line.replaceFirst("#.*", "").strip();
      if (name.isEmpty()) continue;
      if (names.size() == MOST) {
        throw new IllegalArgumentException("the keep-list has more than %d names".formatted(MOST));
      }
      names.add(name.split("\\*", -1));
    }
    return new KeepList(names);
  }

  boolean isDeclared() {
    return !names.isEmpty();
  }

  boolean keeps(String name) {
    return names.stream().anyMatch(parts -> matches(parts, name));
  }

  /** The first part begins the name, the last ends it, the others stand between in their order. */
  private static boolean matches(String[] parts, String name) {
    String first = parts[0];
    String last = parts[parts.length - 1];
    if (parts.length == 1) return name.equals(first);
    if (!name.startsWith(first)) return false;
    int at = first.length();
    for (int i = 1; i < parts.length - 1; i++) {
      int found = name.indexOf(parts[i], at);
      if (found < 0) return false;
      at = found + parts[i].length();
    }
    return name.length() - last.length() >= at && name.endsWith(last);
  }
}
