package io.oriel.wire.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Writes a protobuf message, field by field, into room that grows and is kept. A message within it
 * is written by another writer and taken over whole. Not thread-safe.
 */
public final class FieldWriter {
  private static final int MOST_GROWTH = 8 << 20; // at a time: twice a large room is too much

  private byte[] bytes;
  private int size;

  public FieldWriter() {
    this(128);
  }

  /**
   * @param room in bytes, at first
   */
  public FieldWriter(int room) {
    bytes = new byte[room];
  }

  /** Begins a new message in the same room. */
  public FieldWriter clear() {
    size = 0;
    return this;
  }

  /** How long the message is so far. */
  public int size() {
    return size;
  }

  public FieldWriter number(int field, long number) {
    varint(Fields.tag(field, Fields.VARINT));
    return varint(number);
  }

  public FieldWriter eightBytes(int field, double value) {
    varint(Fields.tag(field, Fields.EIGHT_BYTES));
    return eightBytes(value);
  }

  /** A value without a field around it, as one of a packed list. */
  public FieldWriter eightBytes(double value) {
    room(Long.BYTES);
    long bits = Double.doubleToRawLongBits(value);
    for (int i = 0; i < Long.BYTES; i++) bytes[size++] = (byte) (bits >>> (8 * i));
    return this;
  }

  public FieldWriter text(int field, String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    return bytes(field, utf8, utf8.length);
  }

  public FieldWriter message(int field, FieldWriter inner) {
    return bytes(field, inner.bytes, inner.size);
  }

  /**
   * Begins a message within this one, in the same room.
   *
   * @return what {@link #end} wants to know
   */
  public int begin(int field) {
    varint(Fields.tag(field, Fields.BYTES));
    return size;
  }

  /** Ends the message that was begun last: its length is put before it. */
  public void end(int from) {
    int length = size - from;
    varint(length); // behind it, for room and to see how long it is
    int digits = size - from - length;
    System.arraycopy(bytes, from, bytes, from + digits, length);
    size = from;
    varint(length);
    size += length;
  }

  public FieldWriter bytes(int field, byte[] content, int length) {
    varint(Fields.tag(field, Fields.BYTES));
    varint(length);
    room(length);
    System.arraycopy(content, 0, bytes, size, length);
    size += length;
    return this;
  }

  /** A number without a field around it. */
  public FieldWriter varint(long number) {
    room(10);
    for (long rest = number; ; rest >>>= 7) {
      if ((rest & ~0x7fL) == 0) {
        bytes[size++] = (byte) rest;
        return this;
      }
      bytes[size++] = (byte) ((rest & 0x7f) | 0x80);
    }
  }

  /** Bytes as they are: fields that were written before. */
  public FieldWriter raw(byte[] from, int at, int length) {
    room(length);
    System.arraycopy(from, at, bytes, size, length);
    size += length;
    return this;
  }

  /** A part of other bytes as a field. */
  public FieldWriter part(int field, byte[] from, int at, int end) {
    varint(Fields.tag(field, Fields.BYTES));
    varint(end - at);
    return raw(from, at, end - at);
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      int growth = Math.min(bytes.length, MOST_GROWTH);
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length + growth));
    }
  }

  /** Adds this message's fields to another. */
  public void appendTo(FieldWriter other) {
    other.raw(bytes, 0, size);
  }

  /** Packs the message into a snappy block. */
  public byte[] packed() {
    return SnappyBlock.pack(bytes, size);
  }

  /** The message lies here, from the beginning; good until more is written. */
  public byte[] bytes() {
    return bytes;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
