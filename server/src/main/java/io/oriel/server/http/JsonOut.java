package io.oriel.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Collection;

/**
 * Writes JSON as it comes, into a small buffer that goes on to a stream: an answer of any size
 * costs the same memory. Commas are set by themselves; what was opened is closed by {@link #end}. A
 * number of Prometheus' samples costs no allocation. Not thread-safe.
 */
public final class JsonOut {
  private static final int BUFFER = 8 << 10;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER];
  private int size;
  private byte[] closers = new byte[16]; // the bracket that ends each open level
  private int depth;
  private boolean comma; // whether the next value needs one before it

  public JsonOut(OutputStream out) {
    this.out = out;
  }

  public JsonOut object() throws IOException {
    return open('{', '}');
  }

  public JsonOut array() throws IOException {
    return open('[', ']');
  }

  private JsonOut open(char bracket, char closer) throws IOException {
    before();
    put(bracket);
    if (depth == closers.length) closers = Arrays.copyOf(closers, 2 * depth);
    closers[depth++] = (byte) closer;
    comma = false;
    return this;
  }

  /** Closes what was opened last. */
  public JsonOut end() throws IOException {
    put((char) closers[--depth]);
    comma = true;
    return this;
  }

  /** The name of the next value. */
  public JsonOut name(String name) throws IOException {
    before();
    quoted(name);
    put(':');
    comma = false;
    return this;
  }

  public JsonOut value(String text) throws IOException {
    before();
    quoted(text);
    return this;
  }

  public JsonOut value(long number) throws IOException {
    before();
    room(NumberText.LONGEST);
    size = NumberText.write(number, buffer, size);
    return this;
  }

  /** A double as JSON has it; what JSON can't hold (NaN, infinities) is null. */
  public JsonOut value(double number) throws IOException {
    if (!Double.isFinite(number)) return nothing();
    before();
    room(NumberText.LONGEST);
    size = NumberText.write(number, buffer, size);
    return this;
  }

  public JsonOut value(boolean truth) throws IOException {
    before();
    ascii(truth ? "true" : "false");
    return this;
  }

  /** A value that is not known: {@code null}. */
  public JsonOut nothing() throws IOException {
    before();
    ascii("null");
    return this;
  }

  /** A moment in seconds with at most three decimals, from milliseconds. */
  public JsonOut seconds(long ms) throws IOException {
    before();
    room(NumberText.LONGEST);
    size = NumberText.seconds(ms, buffer, size);
    return this;
  }

  /** A double as text, as Prometheus writes the values of samples: {@code "1.5"}. */
  public JsonOut number(double value) throws IOException {
    before();
    room(NumberText.LONGEST + 2);
    buffer[size++] = '"';
    size = NumberText.write(value, buffer, size);
    buffer[size++] = '"';
    return this;
  }

  /** JSON that was written elsewhere. */
  public JsonOut raw(byte[] json) throws IOException {
    before();
    drain();
    out.write(json);
    return this;
  }

  public JsonOut field(String name, String value) throws IOException {
    return name(name).value(value);
  }

  public JsonOut field(String name, long value) throws IOException {
    return name(name).value(value);
  }

  public JsonOut field(String name, double value) throws IOException {
    return name(name).value(value);
  }

  public JsonOut field(String name, boolean value) throws IOException {
    return name(name).value(value);
  }

  public JsonOut field(String name, Collection<String> values) throws IOException {
    name(name).array();
    for (String value : values) value(value);
    return end();
  }

  /**
   * Hands on what is still held. The stream is not flushed: closed with a small answer in it, it
   * sends that in one piece, with its length.
   */
  public void finish() throws IOException {
    drain();
  }

  private void before() throws IOException {
    if (comma) put(',');
    comma = true;
  }

  private void quoted(String text) throws IOException {
    put('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x80 && c != '"' && c != '\\') put(c);
      else if (c < 0x80) escaped(c);
      else i += utf8(text, i);
    }
    put('"');
  }

  private void escaped(char c) throws IOException {
    room(6);
    buffer[size++] = '\\';
    switch (c) {
      case '"', '\\' -> buffer[size++] = (byte) c;
      case '\n' -> buffer[size++] = 'n';
      case '\r' -> buffer[size++] = 'r';
      case '\t' -> buffer[size++] = 't';
      default -> {
        buffer[size++] = 'u';
        buffer[size++] = '0';
        buffer[size++] = '0';
        buffer[size++] = HEX[c >> 4];
        buffer[size++] = HEX[c & 15];
      }
    }
  }

  /** Writes the character at i; gives how many chars more than one it took. */
  private int utf8(String text, int i) throws IOException {
    int point = text.codePointAt(i);
    int taken = Character.charCount(point) - 1;
    if (point >= 0xd800 && point < 0xe000) point = 0xfffd; // half a pair is no character
    room(4);
    if (point < 0x800) {
      buffer[size++] = (byte) (0xc0 | (point >> 6));
    } else if (point < 0x10000) {
      buffer[size++] = (byte) (0xe0 | (point >> 12));
      buffer[size++] = (byte) (0x80 | ((point >> 6) & 0x3f));
    } else {
      buffer[size++] = (byte) (0xf0 | (point >> 18));
      buffer[size++] = (byte) (0x80 | ((point >> 12) & 0x3f));
      buffer[size++] = (byte) (0x80 | ((point >> 6) & 0x3f));
    }
    buffer[size++] = (byte) (0x80 | (point & 0x3f));
    return taken;
  }

  private void ascii(String text) throws IOException {
    for (int i = 0; i < text.length(); i++) put(text.charAt(i));
  }

  private void put(char c) throws IOException {
    if (size == BUFFER) drain();
    buffer[size++] = (byte) c;
  }

  private void room(int bytes) throws IOException {
    if (size + bytes > BUFFER) drain();
  }

  private void drain() throws IOException {
    if (size > 0) out.write(buffer, 0, size);
    size = 0;
  }
}
