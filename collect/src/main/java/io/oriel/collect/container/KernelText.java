package io.oriel.collect.container;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of one small kernel file, read into one buffer again and again. Nothing is allocated
 * but what opening a file costs, and the words that are asked for.
 */
final class KernelText {
  private static final int MOST_BYTES = 1 << 20;
  private static final double NO_LIMIT = 0x1p62; // version 1 writes 2^63 less a page

  private byte[] bytes = new byte[8 << 10];
  private int length;
  private int at; // where the last field was found: the next one stands behind it, mostly
  private int lineStart;
  private int lineEnd;

  /** False when there is no such file, or it can't be read. */
  boolean read(String path) {
    length = 0;
    at = 0;
    lineEnd = -1;
    try (var in = new FileInputStream(path)) {
      for (int n = in.read(bytes, 0, bytes.length); n > 0; ) {
        length += n;
        if (length == bytes.length) grow();
        n = in.read(bytes, length, bytes.length - length);
      }
      return true;
    } catch (IOException e) {
      length = 0;
      return false;
    }
  }

  private void grow() throws IOException {
    if (length >= MOST_BYTES) throw new IOException("a kernel file above " + MOST_BYTES);
    bytes = Arrays.copyOf(bytes, length * 2);
  }

  /** The number that the file consists of; NaN for {@code max}, and for none. */
  double number() {
    return number(0);
  }

  /** As {@link #number()}, with version 1's way of saying that there is no limit. */
  double limit() {
    double value = number(0);
    return value >= 0 && value < NO_LIMIT ? value : Double.NaN;
  }

  /** The number of a line {@code name number}; NaN where there is none. */
  double field(String name) {
    for (int pass = 0; pass < 2; pass++) {
      for (int line = at; line < length; line = end(line) + 1) {
        if (!starts(line, name)) continue;
        at = end(line) + 1;
        return number(line + name.length() + 1);
      }
      if (at == 0) break;
      at = 0; // not behind the last one: look from the beginning
    }
    return Double.NaN;
  }

  private boolean starts(int line, String name) {
    int stop = line + name.length();
    if (stop >= length || bytes[stop] != ' ') return false;
    for (int i = 0; i < name.length(); i++) {
      if (bytes[line + i] != name.charAt(i)) return false;
    }
    return true;
  }

  /** The number after {@code name} and a sign within a line: {@code total=123}; NaN for none. */
  double after(String line, String name) {
    for (int start = 0; start < length; start = end(start) + 1) {
      if (!starts(start, line)) continue;
      int stop = end(start);
      for (int i = start; i < stop - name.length(); i++) {
        if (Arrays.equals(bytes, i, i + name.length(), ascii(name), 0, name.length())) {
          return number(i + name.length());
        }
      }
    }
    return Double.NaN;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private int end(int from) {
    int i = from;
    while (i < length && bytes[i] != '\n') i++;
    return i;
  }

  private double number(int from) {
    double value = 0;
    int i = from;
    for (; i < length && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      value = value * 10 + (bytes[i] - '0');
    }
    return i == from ? Double.NaN : value;
  }

  /** Goes on to the next line; false after the last. */
  boolean line() {
    lineStart = lineEnd + 1;
    if (lineStart >= length) return false;
    lineEnd = end(lineStart);
    return true;
  }

  /** The line's words, parted by spaces. */
  String[] words() {
    return new String(bytes, lineStart, lineEnd - lineStart, StandardCharsets.UTF_8)
        .strip()
        .split("[ \t]+");
  }

  /** All of it, without the line break at its end. */
  String all() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8).strip();
  }
}
