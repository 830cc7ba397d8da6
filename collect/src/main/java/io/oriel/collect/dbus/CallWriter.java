package io.oriel.collect.dbus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes method calls one behind another, little-endian, as the specification draws a message. */
final class CallWriter {
  private static final byte CALL = 1;
  private static final byte NO_AUTO_START = 2; // who only looks wakes nobody up
  private static final byte VERSION = 1;
  private static final byte PATH = 1;
  private static final byte INTERFACE = 2;
  private static final byte MEMBER = 3;
  private static final byte DESTINATION = 6;
  private static final byte SIGNATURE = 8;

  private ByteBuffer out = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
  private int start;

  void add(BusCall call, int serial) {
    start = out.position();
    room(16);
    out.put((byte) 'l').put(CALL).put(NO_AUTO_START).put(VERSION);
    out.putInt(0).putInt(serial).putInt(0); // the lengths of body and fields come last
    field(PATH, "o", call.path());
    field(INTERFACE, "s", call.owner());
    field(MEMBER, "s", call.member());
    field(DESTINATION, "s", call.destination());
    if (!call.arguments().isEmpty()) field(SIGNATURE, "g", "s".repeat(call.arguments().size()));
    out.putInt(start + 12, out.position() - start - 16);
    align(8);
    int body = out.position();
    for (String argument : call.arguments()) string(argument, body);
    out.putInt(start + 4, out.position() - body);
  }

  private void field(byte code, String type, String value) {
    align(8);
    room(4);
    out.put(code);
    signature(type);
    if (type.equals("g")) signature(value);
    else string(value, start);
  }

  private void signature(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    room(bytes.length + 2);
    out.put((byte) bytes.length).put(bytes).put((byte) 0);
  }

  private void string(String value, int from) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    alignFrom(from, 4);
    room(bytes.length + 5);
    out.putInt(bytes.length).put(bytes).put((byte) 0);
  }

  private void align(int to) {
    alignFrom(start, to);
  }

  private void alignFrom(int from, int to) {
    room(to);
    while ((out.position() - from) % to != 0) out.put((byte) 0);
  }

  private void room(int bytes) {
    if (out.remaining() >= bytes) return;
    byte[] larger =
        Arrays.copyOf(out.array(), Math.max(out.capacity() * 2, out.position() + bytes));
    out = ByteBuffer.wrap(larger).order(ByteOrder.LITTLE_ENDIAN).position(out.position());
  }

  /** What was added since the last call, to be sent before anything is added again. */
  ByteBuffer written() {
    ByteBuffer bytes = out.duplicate().flip();
    out.clear();
    return bytes;
  }
}
