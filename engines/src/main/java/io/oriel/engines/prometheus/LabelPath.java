package io.oriel.engines.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** A label's name in the path of a request: as it is, or escaped as Prometheus 3 reads it. */
final class LabelPath {
  private LabelPath() {}

  static String segment(String name) {
    if (name.matches("[a-zA-Z_][a-zA-Z0-9_]*")) return name;
    var text = new StringBuilder("U__");
    name.codePoints()
        .forEach(c -> {
          if (c == '_') text.append("__");
          else if (c < 128 && Character.isLetterOrDigit(c)) text.appendCodePoint(c);
          else text.append('_').append(Integer.toHexString(c)).append('_');
        });
    return URLEncoder.encode(text.toString(), UTF_8);
  }
}
