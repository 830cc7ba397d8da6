package io.oriel.wire.exposition;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of a page, and how to speak of a place in them. */
final class Page {
  private static final int EXCERPT = 100; // enough to recognise a line by, short enough for a log

  final byte[] bytes;
  final int end;
  final int longestLine;

  Page(byte[] bytes, int length, int longestLine) {
    this.bytes = bytes;
    this.end = length;
    this.longestLine = longestLine;
  }

  /** The byte at a place; behind the end there are line breaks. */
  byte at(int i) {
    return i < end ? bytes[i] : (byte) '\n';
  }

  int endOfLine(int from) {
    int i = from;
    while (i < end && bytes[i] != '\n') i++;
    return i;
  }

  /** Refuses what lies at a place, with the number of its line and the beginning of it. */
  SyntaxError error(int at, String reason) {
    int lineStart = Math.min(at, end);
    while (lineStart > 0 && bytes[lineStart - 1] != '\n') lineStart--;
    int number = 1;
    for (int i = 0; i < lineStart; i++) if (bytes[i] == '\n') number++;
    int excerptEnd = Math.min(endOfLine(lineStart), lineStart + EXCERPT);
    return new SyntaxError(number, reason + ", in: " + excerpt(lineStart, excerptEnd));
  }

  void checkLength(int lineStart, int lineEnd) throws SyntaxError {
    if (lineEnd - lineStart > longestLine) {
      throw error(
          lineStart,
          "the line is longer than %d bytes (limits.scrape_line_bytes)".formatted(longestLine));
    }
  }

  /** Text as a person can read it in one line of a log, whatever the bytes are. */
  String excerpt(int from, int to) {
    String text = new String(bytes, from, Math.min(to, end) - from, StandardCharsets.UTF_8);
    return SyntaxError.oneLine(text);
  }

  /** The text between two places; bytes that are not UTF-8 are refused. */
  String text(int from, int to) throws SyntaxError {
    if (isAscii(from, to)) return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    try {
      var range = ByteBuffer.wrap(bytes, from, to - from);
      return StandardCharsets.UTF_8.newDecoder().decode(range).toString();
    } catch (CharacterCodingException e) {
      throw error(from, "the text is not UTF-8");
    }
  }

  /** Refuses bytes that are not UTF-8; allocates nothing where they are ASCII. */
  void checkUtf8(int from, int to) throws SyntaxError {
    if (!isAscii(from, to)) text(from, to);
  }

  private boolean isAscii(int from, int to) {
    byte all = 0;
    for (int i = from; i < to; i++) all |= bytes[i];
    return all >= 0;
  }
}
