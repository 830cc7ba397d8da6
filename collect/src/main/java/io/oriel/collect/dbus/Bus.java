package io.oriel.collect.dbus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a message bus. After a {@link BusException} it is of no more use: close it and
 * connect anew. Not thread-safe.
 */
public final class Bus implements AutoCloseable {
  /** The largest message that is taken; a list of 10,000 units has some 3 MB. */
  static final int MOST_BYTES = 8 << 20;

  /** Calls under way at a time: system buses allow 128 a connection. */
  private static final int MOST_AT_ONCE = 64;

  private static final int FIXED = 16; // bytes before the header's fields
  private static final int LONGEST_LINE = 512; // of the handshake
  private static final byte RETURN = 2;
  private static final byte ERROR = 3;
  private static final byte ERROR_NAME = 4;
  private static final byte REPLY_TO = 5;
  private static final byte SIGNATURE = 8;

  // by the kernel's own word on who we are; nothing is asked back, so all three go at once
  private static final byte[] HELLO =
      "\0AUTH EXTERNAL\r\nDATA\r\nBEGIN\r\n".getBytes(StandardCharsets.US_ASCII);

  private final BusSocket socket;
  private final CallWriter writer = new CallWriter();
  private final ByteBuffer fixed = ByteBuffer.allocate(FIXED);
  private ByteBuffer lent = ByteBuffer.allocate(0);
  private int serial;
  private long deadline;

  private Bus(BusSocket socket) {
    this.socket = socket;
  }

  /**
   * Connects and says hello.
   *
   * @param patience how long that may take, and all questions until the next {@link #within}
   * @throws BusException when nobody answers there, or not in time
   */
  public static Bus connect(Path socket, Duration patience) throws BusException {
    Bus bus;
    try {
      bus = new Bus(new BusSocket(socket));
    } catch (IOException | UnsupportedOperationException e) {
      throw new BusException(socket + ": " + e.getMessage());
    }
    try {
      bus.within(patience);
      bus.greet();
      return bus;
    } catch (BusException e) {
      bus.close();
      throw e;
    }
  }

  /** How long all questions from now on may take together. */
  public void within(Duration patience) {
    deadline = System.nanoTime() + patience.toNanos();
  }

  private void greet() throws BusException {
    try {
      socket.write(ByteBuffer.wrap(HELLO), deadline);
      String answer = line();
      if (answer.equals("DATA")) answer = line();
      if (!answer.startsWith("OK ")) {
        throw new BusException("the bus does not let us in: " + answer);
      }
    } catch (IOException e) {
      throw new BusException("the bus can't be read: " + e.getMessage());
    }
    String bus = "org.freedesktop.DBus";
    ask(BusCall.of(bus, "/org/freedesktop/DBus", bus, "Hello")).expect("s");
  }

  /** A line of the handshake, without its end. */
  private String line() throws IOException, BusException {
    var text = new StringBuilder();
    var one = ByteBuffer.allocate(1);
    while (text.length() < LONGEST_LINE) {
      socket.read(one.clear(), deadline);
      char c = (char) one.get(0);
      if (c == '\n') return text.toString().strip();
      text.append(c);
    }
    throw new BusException("what listens there is no bus: its greeting does not end");
  }

  /** Asks one thing; the answer is lent until the next question. */
  public BusReply ask(BusCall call) throws BusException {
    return ask(List.of(call)).getFirst();
  }

  /**
   * Asks many things at a time.
   *
   * @return an answer to each, in the same order; a service's refusal is an answer too
   * @throws BusException when not all are there in time
   */
  public List<BusReply> ask(List<BusCall> calls) throws BusException {
    var replies = new ArrayList<BusReply>(calls.size());
    try {
      for (int from = 0; from < calls.size(); from += MOST_AT_ONCE) {
        int to = Math.min(calls.size(), from + MOST_AT_ONCE);
        replies.addAll(some(calls.subList(from, to)));
      }
    } catch (IOException e) {
      throw new BusException("the bus can't be read: " + e.getMessage());
    }
    return replies;
  }

  private List<BusReply> some(List<BusCall> calls) throws IOException, BusException {
    int first = serial + 1;
    for (BusCall call : calls) writer.add(call, ++serial);
    socket.write(writer.written(), deadline);
    var replies = new @Nullable BusReply[calls.size()];
    for (int missing = calls.size(); missing > 0; ) {
      if (System.nanoTime() - deadline > 0) throw new BusException("the bus talks without end");
      if (readOne(first, replies)) missing--;
    }
    return Arrays.stream(replies).map(Objects::requireNonNull).toList();
  }

  /** Reads one message; true when it is one of the answers, false for what nobody asked for. */
  private boolean readOne(int first, @Nullable BusReply[] replies)
      throws IOException, BusException {
    socket.read(fixed.clear(), deadline);
    byte order = fixed.get(0);
    if ((order != 'l' && order != 'B') || fixed.get(3) != 1) {
      throw new BusException("what listens there does not speak D-Bus 1");
    }
    fixed.order(order == 'l' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long bodyBytes = Integer.toUnsignedLong(fixed.getInt(4));
    long fieldBytes = (Integer.toUnsignedLong(fixed.getInt(12)) + 7) & ~7L;
    if (bodyBytes + fieldBytes > MOST_BYTES) {
      throw new BusException("a message above " + (MOST_BYTES >> 20) + " MiB");
    }
    ByteBuffer fields = bytes((int) fieldBytes);
    ByteBuffer body = replies.length > 1 ? bytes((int) bodyBytes) : lend((int) bodyBytes);
    byte type = fixed.get(1);
    if (type != RETURN && type != ERROR) return false; // a signal
    return take(type, fields.limit(fixed.getInt(12)), body, first, replies);
  }

  private ByteBuffer bytes(int count) throws IOException, BusException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(fixed.order());
    socket.read(bytes, deadline);
    return bytes.flip();
  }

  private ByteBuffer lend(int count) throws IOException, BusException {
    if (lent.capacity() < count) lent = ByteBuffer.allocate(count);
    lent.clear().limit(count).order(fixed.order());
    socket.read(lent, deadline);
    return lent.flip();
  }

  private static boolean take(
      byte type, ByteBuffer fields, ByteBuffer body, int first, @Nullable BusReply[] replies)
      throws BusException {
    var header = new BusReply("", "", fields);
    long replyTo = -1;
    String error = type == ERROR ? "an error without a name" : "";
    String signature = "";
    while (header.isBefore(fields.limit())) {
      header.align(8);
      int code = header.code();
      String held = header.signatureValue();
      switch (held) {
        case "u" -> {
          long value = header.uint32();
          if (code == REPLY_TO) replyTo = value;
        }
        case "s", "o" -> {
          String value = header.string();
          if (code == ERROR_NAME) error = value;
        }
        case "g" -> {
          String value = header.signatureValue();
          if (code == SIGNATURE) signature = value;
        }
        default -> throw new BusException("a header field of type " + held);
      }
    }
    long index = replyTo - Integer.toUnsignedLong(first);
    if (index < 0 || index >= replies.length || replies[(int) index] != null) return false;
    if (type == ERROR && signature.startsWith("s")) {
      error += ": " + new BusReply("", signature, body).string();
    }
    replies[(int) index] = new BusReply(error, signature, body);
    return true;
  }

  @Override
  public void close() {
    socket.close();
  }
}
