package io.oriel.collect.dbus;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A message bus that answers what a test has put into it, and refuses all else; a call is written
 * {@code path owner.member(arguments)}.
 */
public final class FakeBus implements AutoCloseable {
  /** An answer's types and bytes. */
  @SuppressWarnings("ArrayRecordComponent") // made once by a test, never compared
  public record Said(String types, byte[] body) {}

  public final Map<String, Said> answers = new ConcurrentHashMap<>();
  public final List<String> calls = new CopyOnWriteArrayList<>();
  public final List<byte[]> received = new CopyOnWriteArrayList<>();
  public volatile boolean isSilent;
  public volatile byte @Nullable [] instead; // what is sent in place of each answer

  private final ServerSocketChannel server;
  private final List<SocketChannel> open = new CopyOnWriteArrayList<>();

  public FakeBus(Path socket) throws IOException {
    Files.createDirectories(socket.getParent());
    Files.deleteIfExists(socket);
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    answers.put("/org/freedesktop/DBus org.freedesktop.DBus.Hello()", string(":1.7"));
    Thread.ofVirtual().start(this::accept);
  }

  public static Said string(String value) {
    return new Said("s", new BusBytes().string(value).toBytes());
  }

  public static Said variant(byte[] bytes) {
    return new Said("v", bytes);
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel caller = server.accept();
        open.add(caller);
        Thread.ofVirtual().start(() -> serve(caller));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private void serve(SocketChannel caller) {
    try (caller) {
      var in = Channels.newInputStream(caller);
      var greeting = new StringBuilder();
      while (!greeting.toString().endsWith("BEGIN\r\n")) greeting.append((char) in.read());
      if (!isSilent) send(caller, "DATA\r\nOK 0123\r\n".getBytes(StandardCharsets.US_ASCII));
      while (true) {
        byte[] head = in.readNBytes(16);
        if (head.length < 16) return;
        ByteBuffer fixed = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        byte[] rest = in.readNBytes(((fixed.getInt(12) + 7) & ~7) + fixed.getInt(4));
        received.add(new BusBytes().add(head).add(rest).toBytes());
        answer(caller, fixed, rest);
      }
    } catch (IOException _) {
      // the caller hung up
    }
  }

  private void answer(SocketChannel caller, ByteBuffer fixed, byte[] rest) throws IOException {
    String call = words(fixed, ByteBuffer.wrap(rest).order(ByteOrder.LITTLE_ENDIAN));
    calls.add(call);
    if (isSilent) return;
    byte[] other = instead;
    if (other != null) {
      send(caller, other);
      return;
    }
    Said said = answers.get(call);
    int serial = fixed.getInt(8);
    byte[] signal = new BusBytes().message(4, 0, "", "s", new BusBytes().string("x").toBytes());
    send(caller, signal); // nobody asked for it
    send(
        caller,
        said == null
            ? new BusBytes()
                .message(
                    3, serial, "org.example.No", "s", new BusBytes().string("not here").toBytes())
            : new BusBytes().message(2, serial, "", said.types, said.body));
  }

  private static String words(ByteBuffer fixed, ByteBuffer rest) {
    int fieldBytes = fixed.getInt(12);
    var fields = new String[10];
    var reader = new BusReply("", "", rest.slice(0, fieldBytes).order(rest.order()));
    var arguments = new ArrayList<String>();
    try {
      while (reader.isBefore(fieldBytes)) {
        reader.align(8);
        int code = reader.code();
        String type = reader.signatureValue();
        fields[code] = type.equals("g") ? reader.signatureValue() : reader.string();
      }
      int at = (fieldBytes + 7) & ~7;
      ByteBuffer body = rest.slice(at, rest.capacity() - at).order(rest.order());
      var values = new BusReply("", "", body);
      while (values.isBefore(body.limit())) arguments.add(values.string());
    } catch (BusException e) {
      throw new IllegalStateException(e);
    }
    return fields[1] + " " + fields[2] + "." + fields[3] + "(" + String.join(",", arguments) + ")";
  }

  private static void send(SocketChannel caller, byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) caller.write(left);
  }

  /** Hangs up on everybody. */
  public void dropAll() throws IOException {
    for (SocketChannel each : open) each.close();
  }

  @Override
  public void close() throws IOException {
    server.close();
    dropAll();
  }
}
