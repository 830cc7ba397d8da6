package io.oriel.wire.otlp;

import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/**
 * Short texts that were read lately: keys and values of attributes come again with each point, and
 * are one object then. A table of fixed size; the newest of two that share a slot stays. One
 * thread.
 */
final class KnownTexts {
  private static final int SLOTS = 512; // a power of two
  private static final int LONGEST = 64;

  private final @Nullable String[] texts = new @Nullable String[SLOTS];

  /** The text from here to there. */
  String read(Fields fields, int to) throws Malformed {
    int length = to - fields.at;
    if (length > LONGEST) return text(fields, to);
    int hash = 0;
    for (int i = fields.at; i < to; i++) {
      if (fields.bytes[i] < 0) return text(fields, to);
      hash = 31 * hash + fields.bytes[i];
    }
    int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
    String known = texts[slot];
    if (known != null && isSame(known, fields.bytes, fields.at, length)) {
      fields.at = to;
      return known;
    }
    String read = text(fields, to);
    texts[slot] = read;
    return read;
  }

  private static boolean isSame(String known, byte[] bytes, int at, int length) {
    if (known.length() != length) return false;
    for (int i = 0; i < length; i++) if (known.charAt(i) != bytes[at + i]) return false;
    return true;
  }

  static String text(Fields fields, int to) throws Malformed {
    try {
      return fields.text(to);
    } catch (CharacterCodingException _) {
      throw fields.wrong("a text is not UTF-8");
    }
  }
}
