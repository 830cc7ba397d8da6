package io.oriel.storage.index;

/**
 * Strings as UTF-8 bytes and back. Half a surrogate pair, which has no place in UTF-8, is kept as
 * three bytes, so that every string comes back as it went in.
 */
final class Utf8 {
  private Utf8() {}

  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) return false;
    }
    return true;
  }

  static byte[] encode(String text) {
    byte[] bytes = new byte[length(text)];
    int n = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      n = put(bytes, n, c);
    }
    return bytes;
  }

  private static int length(String text) {
    int n = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      n += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }
    return n;
  }

  private static int put(byte[] bytes, int n, int c) {
    if (c < 0x80) {
      bytes[n++] = (byte) c;
      return n;
    }
    int tails = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    int lead = tails == 1 ? 0xc0 : tails == 2 ? 0xe0 : 0xf0;
    bytes[n++] = (byte) (lead | (c >>> (6 * tails)));
    while (tails-- > 0) bytes[n++] = (byte) (0x80 | ((c >>> (6 * tails)) & 0x3f));
    return n;
  }

  /** The string of bytes that {@link #encode} made. */
  static String decode(byte[] bytes, int from, int length) {
    int end = from + length;
    int at = from;
    while (at < end && bytes[at] >= 0) at++;
    if (at == end) return ascii(bytes, from, length);
    var text = new StringBuilder(length);
    at = from;
    while (at < end) {
      int lead = bytes[at++] & 0xff;
      int tails = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
      int c = tails == 0 ? lead : lead & (0x3f >>> tails);
      while (tails-- > 0 && at < end) c = (c << 6) | (bytes[at++] & 0x3f);
      text.appendCodePoint(Character.isValidCodePoint(c) ? c : 0xfffd);
    }
    return text.toString();
  }

  private static String ascii(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
