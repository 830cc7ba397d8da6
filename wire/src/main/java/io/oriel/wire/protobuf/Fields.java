package io.oriel.wire.protobuf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;

/**
 * A place in protobuf bytes that moves from field to field. A message within a message is read by
 * narrowing the end; nothing is copied.
 *
 * <p>Source: protobuf's encoding page. Groups, which left the language long ago, are refused.
 */
public final class Fields {
  public static final int VARINT = 0;
  public static final int EIGHT_BYTES = 1;
  public static final int BYTES = 2;
  private static final int FOUR_BYTES = 5;
  private static final int MOST_VARINT = 10;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  public byte[] bytes = new byte[0];
  public int at;
  public int end;
  private final String subject;

  /**
   * @param subject what is read, as the beginning of a sentence: "the body is no remote write
   *     request"
   */
  public Fields(String subject) {
    this.subject = subject;
  }

  /** Goes to the begin of a message, which lies in these bytes and ends before {@code to}. */
  public Fields over(byte[] message, int from, int to) {
    bytes = message;
    at = from;
    end = to;
    return this;
  }

  /** The next field's number times eight with its wire type; 0 at the message's end. */
  public int tag() throws Malformed {
    if (at == end) return 0;
    long tag = varint();
    if (tag >>> 3 == 0 || tag >>> 32 != 0) throw wrong("a field has the number " + (tag >>> 3));
    return (int) tag;
  }

  /** The tag of a field, to be compared with what {@link #tag()} gives. */
  public static int tag(int field, int wireType) {
    return field << 3 | wireType;
  }

  public long varint() throws Malformed {
    if (at < end && bytes[at] >= 0) return bytes[at++];
    long value = 0;
    for (int i = 0; i < MOST_VARINT; i++) {
      if (at == end) throw wrong("a number is cut off");
      byte b = bytes[at++];
      value |= (long) (b & 0x7f) << (7 * i);
      if (b >= 0) return value;
    }
    throw wrong("a number has more than %d bytes".formatted(MOST_VARINT));
  }

  /** A signed number as protobuf's sint types write it: small ones of either sign are short. */
  public static long zigzag(long sent) {
    return (sent >>> 1) ^ -(sent & 1);
  }

  /** The eight bytes of a fixed number, as they are. */
  public long fixed() throws Malformed {
    if (end - at < Long.BYTES) throw wrong("a value is cut off");
    long value = (long) LONG.get(bytes, at);
    at += Long.BYTES;
    return value;
  }

  public double eightBytes() throws Malformed {
    return Double.longBitsToDouble(fixed());
  }

  /** Where the bytes of a field end that begin here. */
  public int lengthOf() throws Malformed {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw wrong(
          "a field claims %s bytes where %d are left"
              .formatted(Long.toUnsignedString(length), end - at));
    }
    return at + (int) length;
  }

  /** Passes over the field that has this tag. */
  public void skip(int tag) throws Malformed {
    switch (tag & 7) {
      case VARINT -> varint();
      case EIGHT_BYTES -> pass(Long.BYTES);
      case BYTES -> at = lengthOf();
      case FOUR_BYTES -> pass(Integer.BYTES);
      default -> throw wrong("a field has the wire type " + (tag & 7));
    }
  }

  private void pass(int count) throws Malformed {
    if (end - at < count) throw wrong("a value is cut off");
    at += count;
  }

  /** The text from here to that place; at stands behind it then. */
  public String text(int to) throws CharacterCodingException {
    String text =
        isAscii(at, to)
            ? new String(bytes, at, to - at, ISO_8859_1) // one copy, where a decoder makes three
            : UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, to - at)).toString();
    at = to;
    return text;
  }

  private boolean isAscii(int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) return false;
    }
    return true;
  }

  /** The refusal of what stands here. */
  public Malformed wrong(String what) {
    return new Malformed("%s: %s at byte %d".formatted(subject, what, at));
  }
}
