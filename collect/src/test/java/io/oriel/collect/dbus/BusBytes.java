package io.oriel.collect.dbus;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes D-Bus values as a service would, in either byte order. */
public final class BusBytes {
  private final ByteOrder order;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public BusBytes(ByteOrder order) {
    this.order = order;
  }

  public BusBytes() {
    this(ByteOrder.LITTLE_ENDIAN);
  }

  public BusBytes align(int to) {
    while (out.size() % to != 0) out.write(0);
    return this;
  }

  public BusBytes raw(int... bytes) {
    for (int each : bytes) out.write(each);
    return this;
  }

  public BusBytes uint32(long value) {
    align(4);
    out.writeBytes(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
    return this;
  }

  public BusBytes uint64(long value) {
    align(8);
    out.writeBytes(ByteBuffer.allocate(8).order(order).putLong(value).array());
    return this;
  }

  public BusBytes string(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    uint32(bytes.length);
    out.writeBytes(bytes);
    return raw(0);
  }

  public BusBytes signature(String value) {
    raw(value.length());
    out.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    return raw(0);
  }

  public BusBytes add(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  public byte[] toBytes() {
    return out.toByteArray();
  }

  /** A variant that holds a string. */
  public static byte[] variant(String value) {
    return new BusBytes().signature("s").string(value).toBytes();
  }

  public static byte[] variant32(long value) {
    return new BusBytes().signature("u").uint32(value).toBytes();
  }

  public static byte[] variant64(long value) {
    return new BusBytes().signature("t").uint64(value).toBytes();
  }

  /** A unit as a row of ListUnits' answer. */
  public record UnitRow(String name, String load, String state) {
    public String path() {
      return "/org/freedesktop/systemd1/unit/" + name.replace(".", "_2e").replace("-", "_2d");
    }
  }

  /** The answer to ListUnits. */
  public static byte[] units(List<UnitRow> rows) {
    var items = new BusBytes();
    for (UnitRow row : rows) {
      items.align(8).string(row.name()).string("About " + row.name()).string(row.load());
      items.string(row.state()).string("sub").string("").string(row.path());
      items.uint32(0).string("").string("/");
    }
    byte[] bytes = items.toBytes();
    return new BusBytes().uint32(bytes.length).align(8).add(bytes).toBytes();
  }

  /** A whole message to a caller: type 2 is an answer, 3 an error, 4 a signal. */
  public byte[] message(int type, long replyTo, String error, String types, byte[] body) {
    raw(order == ByteOrder.LITTLE_ENDIAN ? 'l' : 'B', type, 0, 1);
    uint32(body.length).uint32(7);
    var fields = new BusBytes(order);
    fields.raw(5).signature("u").uint32(replyTo);
    if (!error.isEmpty()) fields.align(8).raw(4).signature("s").string(error);
    if (!types.isEmpty()) fields.align(8).raw(8).signature("g").signature(types);
    uint32(fields.out.size()).add(fields.toBytes()).align(8).add(body);
    return toBytes();
  }
}
