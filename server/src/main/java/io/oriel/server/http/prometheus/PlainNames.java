package io.oriel.server.http.prometheus;

import io.oriel.model.Labels;

/**
 * Names as they were before UTF-8 came, for who can't read others: each character that such a name
 * can't have is an underscore.
 */
final class PlainNames {
  private PlainNames() {}

  static Labels of(Labels labels) {
    for (int i = 0; i < labels.size(); i++) {
      boolean isName = labels.nameAt(i).equals(Labels.NAME);
      if (!isPlain(labels.nameAt(i), false) || (isName && !isPlain(labels.valueAt(i), true))) {
        return renamed(labels);
      }
    }
    return labels;
  }

  private static Labels renamed(Labels labels) {
    var builder = Labels.builder();
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.nameAt(i);
      String value = labels.valueAt(i);
      if (name.equals(Labels.NAME)) builder.set(name, plain(value, true));
      else builder.set(plain(name, false), value);
    }
    return builder.build();
  }

  private static boolean isPlain(String name, boolean colons) {
    return plain(name, colons).equals(name);
  }

  private static String plain(String name, boolean colons) {
    var plain = new StringBuilder(name.length());
    name.codePoints()
        .forEach(c -> {
          boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
          boolean digit = c >= '0' && c <= '9' && !plain.isEmpty();
          plain.append(letter || digit || (c == ':' && colons) ? (char) c : '_');
        });
    return plain.toString();
  }
}
