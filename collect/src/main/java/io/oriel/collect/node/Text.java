package io.oriel.collect.node;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of one kernel file and a place in them, walked line by line and word by word. Nothing
 * is allocated but the strings that are asked for.
 *
 * <p>Words are parted by spaces and tabs. Where a line ends, {@link #word} says false and {@link
 * #number} gives 0.
 */
final class Text {
  byte[] bytes = new byte[4096];
  private int end;
  private int at;
  private int lineEnd;
  private int lineStart;
  private int wordStart;
  private int wordEnd;

  /** Begins again before the first line. */
  Text reset(int length) {
    end = length;
    at = 0;
    lineEnd = -1;
    wordStart = 0;
    wordEnd = 0;
    return this;
  }

  static Text of(String content) {
    var text = new Text();
    text.bytes = content.getBytes(StandardCharsets.UTF_8);
    return text.reset(text.bytes.length);
  }

  boolean isEmpty() {
    return end == 0;
  }

  /** Goes on to the next line; false after the last. */
  boolean line() {
    int from = lineEnd + 1;
    if (from >= end) return false;
    at = from;
    lineStart = from;
    lineEnd = from;
    while (lineEnd < end && bytes[lineEnd] != '\n') lineEnd++;
    return true;
  }

  boolean lineEnds(String suffix) {
    int from = lineEnd - suffix.length();
    if (from < lineStart) return false;
    for (int i = 0; i < suffix.length(); i++) {
      if (bytes[from + i] != suffix.charAt(i)) return false;
    }
    return true;
  }

  /** Goes back to the beginning of the line. */
  void rewindLine() {
    at = lineStart;
  }

  /** Goes on to the next word of the line; false where there is none. */
  boolean word() {
    while (at < lineEnd && isSpace(bytes[at])) at++;
    wordStart = at;
    while (at < lineEnd && !isSpace(bytes[at])) at++;
    wordEnd = at;
    return wordEnd > wordStart;
  }

  /**
   * Goes on to what stands before a sign, which may hold spaces; false where the sign is missing.
   */
  boolean upTo(char sign) {
    while (at < lineEnd && isSpace(bytes[at])) at++;
    int from = at;
    int i = from;
    while (i < lineEnd && bytes[i] != sign) i++;
    if (i == lineEnd) return false;
    wordStart = from;
    wordEnd = i;
    at = i + 1;
    return true;
  }

  /** As {@link #upTo}, by the last such sign of the line: process names may hold brackets. */
  boolean upToLast(char sign) {
    int i = lineEnd - 1;
    while (i >= at && bytes[i] != sign) i--;
    if (i < at) return false;
    wordStart = at;
    wordEnd = i;
    at = i + 1;
    return true;
  }

  /** The rest of the line as the word, without the spaces around it. */
  void rest() {
    while (at < lineEnd && isSpace(bytes[at])) at++;
    wordStart = at;
    wordEnd = lineEnd;
    while (wordEnd > wordStart && isSpace(bytes[wordEnd - 1])) wordEnd--;
    at = lineEnd;
  }

  void skip(int words) {
    for (int i = 0; i < words; i++) word();
  }

  /** The next word as a whole number; what is no digit ends it. */
  long number() {
    word();
    return wordNumber();
  }

  /** The number that the first line begins with: many files hold nothing else. */
  long firstNumber() {
    line();
    return number();
  }

  /** The next word as a number in hexadecimal. */
  long hex() {
    word();
    return wordHex(0, wordLength());
  }

  /** A part of the word as a number in hexadecimal; what is no digit ends it. */
  long wordHex(int from, int to) {
    long value = 0;
    for (int i = wordStart + from; i < wordStart + to; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) break;
      value = value << 4 | digit;
    }
    return value;
  }

  /** The next word as a number with a point. */
  double decimal() {
    word();
    return wordDecimal();
  }

  long wordNumber() {
    int i = wordStart;
    boolean negative = i < wordEnd && bytes[i] == '-';
    if (negative) i++;
    long value = 0;
    for (; i < wordEnd; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }

  /** A number that the kernel prints without a sign and that may be above 2^63, as a double. */
  double wordUnsigned() {
    long value = wordNumber();
    return value >= 0 || isNegative() ? value : (value >>> 1) * 2.0 + (value & 1);
  }

  double wordDecimal() {
    int i = wordStart;
    boolean negative = isNegative();
    if (negative) i++;
    long digits = 0;
    double scale = 1;
    boolean fraction = false;
    for (; i < wordEnd; i++) {
      byte b = bytes[i];
      if (b == '.') {
        fraction = true;
        continue;
      }
      if (b < '0' || b > '9') break;
      digits = digits * 10 + (b - '0');
      if (fraction) scale *= 10;
    }
    return (negative ? -digits : digits) / scale;
  }

  /** Whether the word begins as a number does. */
  boolean isNumber() {
    int i = isNegative() ? wordStart + 1 : wordStart;
    return i < wordEnd && bytes[i] >= '0' && bytes[i] <= '9';
  }

  private boolean isNegative() {
    return wordStart < wordEnd && bytes[wordStart] == '-';
  }

  int wordLength() {
    return wordEnd - wordStart;
  }

  byte wordByte(int i) {
    return bytes[wordStart + i];
  }

  /** Takes a sign off the word's end, where it has one. */
  void trimEnd(char sign) {
    if (wordEnd > wordStart && bytes[wordEnd - 1] == sign) wordEnd--;
  }

  /** Takes bytes off the word's beginning. */
  void trimStart(int count) {
    wordStart = Math.min(wordStart + count, wordEnd);
  }

  boolean wordIs(String expected) {
    return wordLength() == expected.length() && wordStarts(expected);
  }

  boolean wordStarts(String prefix) {
    if (wordLength() < prefix.length()) return false;
    for (int i = 0; i < prefix.length(); i++) {
      if (bytes[wordStart + i] != prefix.charAt(i)) return false;
    }
    return true;
  }

  int wordHash() {
    int hash = 1;
    for (int i = wordStart; i < wordEnd; i++) hash = 31 * hash + bytes[i];
    return hash;
  }

  /** Whether what is left of the line is this. */
  boolean lineEquals(byte[] other) {
    return Arrays.equals(bytes, at, lineEnd, other, 0, other.length);
  }

  /** What is left of the line. */
  byte[] lineBytes() {
    return Arrays.copyOfRange(bytes, at, lineEnd);
  }

  boolean wordEquals(byte[] other) {
    return Arrays.equals(bytes, wordStart, wordEnd, other, 0, other.length);
  }

  byte[] wordBytes() {
    return Arrays.copyOfRange(bytes, wordStart, wordEnd);
  }

  String wordString() {
    return new String(bytes, wordStart, wordEnd - wordStart, StandardCharsets.UTF_8);
  }

  boolean contentEquals(byte[] other) {
    return Arrays.equals(bytes, 0, end, other, 0, other.length);
  }

  byte[] contentBytes() {
    return Arrays.copyOf(bytes, end);
  }

  /** All of it, as one string without the line break at its end. */
  String all() {
    int stop = end;
    while (stop > 0 && (bytes[stop - 1] == '\n' || bytes[stop - 1] == ' ')) stop--;
    return new String(bytes, 0, stop, StandardCharsets.UTF_8);
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == 0;
  }
}
