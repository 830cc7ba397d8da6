package io.oriel.promql.expr;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strings as the language writes them (Go's rules), both ways. */
public final class Quoting {
  /** A byte that is no UTF-8 is carried as this char plus the byte: a lone surrogate. */
  private static final char RAW_BYTE = 0xDC00;

  private Quoting() {}

  /** In double quotes, with escapes for what does not print. */
  public static String quote(String text) {
    var out = new StringBuilder(text.length() + 2);
    appendQuoted(out, text);
    return out.toString();
  }

  /** The same, at the end of what was written before. */
  public static void appendQuoted(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      appendQuoted(out, c, '"');
      i += Character.charCount(c);
    }
    out.append('"');
  }

  /** One character in single quotes. */
  public static String quote(int codePoint) {
    var out = new StringBuilder("'");
    appendQuoted(out, codePoint, '\'');
    return out.append('\'').toString();
  }

  private static void appendQuoted(StringBuilder out, int c, char quote) {
    switch (c) {
      case 0x07 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 0x0b -> out.append("\\v");
      case '\\' -> out.append("\\\\");
      default -> {
        if (c == quote) out.append('\\').append(quote);
        else if (c >= RAW_BYTE && c < RAW_BYTE + 0x100) appendHex(out, 'x', 2, c - RAW_BYTE);
        else if (prints(c)) out.appendCodePoint(c);
        else if (c < 0x80) appendHex(out, 'x', 2, c);
        else if (c < 0x10000) appendHex(out, 'u', 4, c);
        else appendHex(out, 'U', 8, c);
      }
    }
  }

  private static void appendHex(StringBuilder out, char kind, int digits, int value) {
    out.append('\\').append(kind);
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out.append(Character.forDigit((value >>> shift) & 0xf, 16));
    }
  }

  private static boolean prints(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  /** The text of a literal that the lexer has let through, without its quotes and escapes. */
  public static String unquote(String literal) {
    String inner = literal.substring(1, literal.length() - 1);
    if (literal.charAt(0) == '`') return inner.replace("\r", "");
    return inner.indexOf('\\') < 0 ? inner : unescape(inner);
  }

  private static String unescape(String text) {
    var bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); ) {
      int backslash = text.indexOf('\\', i);
      int plain = backslash < 0 ? text.length() : backslash;
      if (plain > i) bytes.writeBytes(text.substring(i, plain).getBytes(StandardCharsets.UTF_8));
      if (backslash < 0) break;
      i = backslash + 1;
      char kind = text.charAt(i++);
      int digits = digitsAfter(kind);
      if (digits == 0) {
        bytes.write(simple(kind));
        continue;
      }
      int from = kind >= '0' && kind <= '7' ? i - 1 : i;
      int value = Integer.parseInt(text.substring(from, from + digits), from < i ? 8 : 16);
      i = from + digits;
      if (kind == 'u' || kind == 'U') {
        bytes.writeBytes(Character.toString(value).getBytes(StandardCharsets.UTF_8));
      } else {
        bytes.write(value);
      }
    }
    return decode(bytes.toByteArray());
  }

  /** How many digits an escape has after its kind; an octal one begins with its kind. */
  private static int digitsAfter(char kind) {
    return switch (kind) {
      case 'x' -> 2;
      case 'u' -> 4;
      case 'U' -> 8;
      case '0', '1', '2', '3', '4', '5', '6', '7' -> 3;
      default -> 0;
    };
  }

  private static char simple(char kind) {
    return switch (kind) {
      case 'a' -> 0x07;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      default -> kind;
    };
  }

  private static String decode(byte[] bytes) {
    try {
      CharBuffer whole = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return whole.toString();
    } catch (CharacterCodingException e) {
      return decodeBrokenUtf8(bytes);
    }
  }

  private static String decodeBrokenUtf8(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length * 2);
    var decoder = StandardCharsets.UTF_8.newDecoder();
    while (true) {
      var result = decoder.decode(in, out, true);
      if (!result.isError()) break;
      for (int i = 0; i < result.length(); i++) out.put((char) (RAW_BYTE + (in.get() & 0xff)));
    }
    return out.flip().toString();
  }

  /** The text as it would come as UTF-8: half a pair of surrogates is no character. */
  public static String withoutLoneSurrogates(String text) {
    return isUtf8(text)
        ? text
        : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** Whether a string literal with byte escapes came out as valid UTF-8. */
  public static boolean isUtf8(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c) && i + 1 < text.length()) {
        if (!Character.isLowSurrogate(text.charAt(++i))) return false;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }
}
