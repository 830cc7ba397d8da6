package io.oriel.wire.exposition;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The parts of a {@code Content-Type} that matter here. */
record ContentType(String type, String version) {

  /** Null when it is malformed. */
  static @Nullable ContentType parse(String header) {
    String[] parts = header.split(";", -1);
    String type = parts[0].strip().toLowerCase(Locale.ROOT);
    if (type.isEmpty() || type.contains(" ")) return null;
    String version = "";
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      if (part.isEmpty() && i == parts.length - 1) continue; // a last semicolon harms nobody
      int equal = part.indexOf('=');
      if (equal <= 0 || equal == part.length() - 1) return null;
      String value = unquoted(part.substring(equal + 1).strip());
      if (part.substring(0, equal).strip().equalsIgnoreCase("version")) version = value;
    }
    return new ContentType(type, version);
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  boolean isText() {
    return type.equals("text/plain");
  }

  boolean isProtobuf() {
    return type.equals("application/vnd.google.protobuf");
  }

  boolean isOpenMetrics() {
    return type.equals("application/openmetrics-text");
  }
}
