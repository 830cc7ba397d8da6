package io.oriel.server.http.oriel;

import org.jspecify.annotations.Nullable;

/**
 * Places in a text, from characters as Java counts them to the bytes of its UTF-8.
 *
 * @param bytes by character the bytes before it; null where every character is one byte
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Utf8Places(int @Nullable [] bytes) {

  static Utf8Places of(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) return new Utf8Places(null);
    int[] bytes = new int[text.length() + 1];
    for (int i = 0; i < text.length(); i++) bytes[i + 1] = bytes[i] + width(text, i);
    return new Utf8Places(bytes);
  }

  /** The four bytes of a pair are counted at its second half; a lone half is a question mark. */
  private static int width(String text, int i) {
    char c = text.charAt(i);
    if (c < 0x80) return 1;
    if (c < 0x800) return 2;
    if (!Character.isSurrogate(c)) return 3;
    boolean first = Character.isHighSurrogate(c);
    if (first && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) return 0;
    boolean second = !first && i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    return second ? 4 : 1;
  }

  int byteAt(int character) {
    return bytes == null ? character : bytes[character];
  }
}
