package io.oriel.wire.relabel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with groups of a regular expression in it: {@code $1}, {@code ${name}}, {@code $$} for the
 * sign itself. A group that there is not is empty; {@code $1x} is the group called 1x.
 *
 * <p>Source: Go's {@code regexp.Expand}.
 */
final class Template {
  private sealed interface Part {
    record Text(String text) implements Part {}

    record Group(int index) implements Part {}
  }

  private final List<Part> parts = new ArrayList<>();

  Template(String text, Pattern pattern) {
    int at = 0;
    while (at < text.length()) {
      int dollar = text.indexOf('$', at);
      if (dollar < 0) dollar = text.length();
      if (dollar > at) parts.add(new Part.Text(text.substring(at, dollar)));
      at = dollar == text.length() ? dollar : group(text, dollar, pattern);
    }
  }

  /** Takes what begins with a dollar sign; gives the place behind it. */
  private int group(String text, int dollar, Pattern pattern) {
    boolean braces = text.startsWith("{", dollar + 1);
    int from = dollar + (braces ? 2 : 1);
    int to = from;
    while (to < text.length() && isWord(text.charAt(to))) to++;
    boolean closed = !braces || text.startsWith("}", to);
    if (to == from || !closed) {
      parts.add(new Part.Text("$")); // not a group: the sign stands for itself
      return dollar + (text.startsWith("$", dollar + 1) ? 2 : 1);
    }
    int index = index(text.substring(from, to), pattern);
    if (index >= 0) parts.add(new Part.Group(index));
    return to + (braces ? 1 : 0);
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  /** Below 0 where there is no such group. */
  private static int index(String name, Pattern pattern) {
    boolean number = name.length() < 5 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    if (number && (name.length() == 1 || name.charAt(0) != '0')) {
      int index = Integer.parseInt(name);
      return index <= pattern.groupCount() ? index : -1;
    }
    return pattern.namedGroups().getOrDefault(name, -1);
  }

  /** Whether there are no groups in it. */
  boolean isFixed() {
    return parts.stream().noneMatch(Part.Group.class::isInstance);
  }

  String expand(Matcher match) {
    var out = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Text(String text) -> out.append(text);
        case Part.Group(int index) -> {
          String group = match.group(index);
          if (group != null) out.append(group);
        }
      }
    }
    return out.toString();
  }
}
