package io.oriel.collect.dbus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An answer, read value by value in the order of its signature. A value that is not what the caller
 * asks for, or lies beyond the end, is a {@link BusException}: nothing is guessed.
 */
public final class BusReply {
  private final String error;
  private final String signature;
  private final ByteBuffer body;

  BusReply(String error, String signature, ByteBuffer body) {
    this.error = error;
    this.signature = signature;
    this.body = body;
  }

  /** Whether the service refused the call: there is no such unit, property... */
  public boolean isError() {
    return !error.isEmpty();
  }

  /** What the service said instead of answering; empty where it answered. */
  public String error() {
    return error;
  }

  /** The types of the answer, as D-Bus writes them. */
  public String signature() {
    return signature;
  }

  /** The bytes of the answer: equal bytes are equal answers. */
  public ByteBuffer body() {
    return body.asReadOnlyBuffer().rewind();
  }

  /**
   * Begins to read.
   *
   * @throws BusException when it is an error, or other types than these
   */
  public BusReply expect(String types) throws BusException {
    if (isError()) throw new BusException(error);
    if (!signature.equals(types)) {
      throw new BusException("an answer of type " + signature + " where " + types + " was asked");
    }
    body.position(0);
    return this;
  }

  /** Begins to read a property's value: a variant that must hold this type. */
  public BusReply expectVariant(String type) throws BusException {
    expect("v");
    String held = signatureValue();
    if (held.equals(type)) return this;
    throw new BusException("a property of type " + held + " where " + type + " was asked");
  }

  /** Begins an array: where it ends, for {@link #isBefore}. The alignment is that of its items. */
  public int array(int alignment) throws BusException {
    long length = uint32();
    align(alignment);
    if (length > body.remaining()) throw cut();
    return body.position() + (int) length;
  }

  public boolean isBefore(int end) {
    return body.position() < end;
  }

  /** Begins a struct of an array. */
  public void struct() throws BusException {
    align(8);
  }

  public long uint32() throws BusException {
    align(4);
    need(4);
    return Integer.toUnsignedLong(body.getInt());
  }

  /** Above 2^63 it is negative: D-Bus' way to say "none" is all ones. */
  public long uint64() throws BusException {
    align(8);
    need(8);
    return body.getLong();
  }

  /** A string or an object path. */
  public String string() throws BusException {
    long length = uint32();
    if (length >= body.remaining()) throw cut(); // a zero byte follows
    return text((int) length);
  }

  /** Passes over a string. */
  public void skipString() throws BusException {
    long length = uint32();
    if (length >= body.remaining()) throw cut();
    body.position(body.position() + (int) length + 1);
  }

  String signatureValue() throws BusException {
    need(1);
    int length = body.get() & 0xff;
    need(length + 1);
    return text(length);
  }

  int code() throws BusException {
    need(1);
    return body.get();
  }

  private String text(int length) {
    int at = body.position();
    body.position(at + length + 1);
    return new String(body.array(), body.arrayOffset() + at, length, StandardCharsets.UTF_8);
  }

  void align(int to) throws BusException {
    int at = (body.position() + to - 1) / to * to;
    if (at > body.limit()) throw cut();
    body.position(at);
  }

  private void need(int bytes) throws BusException {
    if (body.remaining() < bytes) throw cut();
  }

  private static BusException cut() {
    return new BusException("an answer ends in the middle of a value");
  }
}
