package io.oriel.wire.dns;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A small name server on this machine that says what a test wants: records, that there is no such
 * name, that it failed, or nothing at all. By UDP and, where an answer does not fit, by TCP.
 */
public final class FakeDns implements AutoCloseable {
  private static final int NO_SUCH_NAME = 3;
  private static final int SERVER_FAILURE = 2;
  private static final int LARGEST_DATAGRAM = 512;
  private static final int SRV = 33;
  private static final Map<Integer, RecordType> TYPES =
      Map.of(1, RecordType.A, 28, RecordType.AAAA, SRV, RecordType.SRV);

  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Map<String, List<String>> records = new ConcurrentHashMap<>(); // by type and name
  private volatile boolean isSilent;
  private volatile boolean isBroken;
  private volatile byte @Nullable [] garbage;

  public FakeDns() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    this.tcp = new ServerSocket(0, 50, here);
    this.udp = new DatagramSocket(new InetSocketAddress(here, tcp.getLocalPort()));
    Thread.ofVirtual().start(this::serveDatagrams);
    Thread.ofVirtual().start(this::serveConnections);
  }

  /** Name servers that are this one alone. */
  public NameServers asServers(String... search) {
    return asServers(Duration.ofSeconds(10), search); // a busy machine must not look like a failure
  }

  /**
   * The same, for one that will not answer.
   *
   * @param first how long it is waited for at first
   */
  public NameServers asServers(Duration first, String... search) {
    var address = new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
    return NameServers.at(List.of(address), List.of(search), first);
  }

  /**
   * From now on the name has these records.
   *
   * @param data addresses; of SRV "priority weight port host"
   */
  public FakeDns has(RecordType type, String name, String... data) {
    records.put(type + " " + name, List.of(data));
    return this;
  }

  /** From now on there is no such name. */
  public void forget(RecordType type, String name) {
    records.remove(type + " " + name);
  }

  /** Whether each question is answered by "server failure". */
  public void breakDown(boolean broken) {
    isBroken = broken;
  }

  /** Whether no question is answered. */
  public void keepSilent(boolean silent) {
    isSilent = silent;
  }

  /** From now on each answer is these bytes behind the question's number. */
  void babble(byte[] bytes) {
    garbage = bytes;
  }

  private void serveDatagrams() {
    var packet = new DatagramPacket(new byte[1500], 1500);
    try {
      while (true) {
        udp.receive(packet);
        byte[] answer = isSilent ? null : answer(packet.getData());
        if (answer == null) continue;
        if (answer.length > LARGEST_DATAGRAM) answer = truncated(answer);
        udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serveConnections() {
    try {
      while (true) {
        try (var socket = tcp.accept()) {
          var in = new DataInputStream(socket.getInputStream());
          byte[] question = new byte[in.readUnsignedShort()];
          in.readFully(question);
          byte[] answer = answer(question);
          var out = new DataOutputStream(socket.getOutputStream());
          out.writeShort(answer.length);
          out.write(answer);
          out.flush();
        }
      }
    } catch (IOException e) {
      // closed
    }
  }

  /** The head and the question alone, with the bit that asks to come again by TCP. */
  private static byte[] truncated(byte[] answer) {
    byte[] head = java.util.Arrays.copyOf(answer, questionEnd(answer));
    head[2] |= 2;
    head[7] = 0;
    return head;
  }

  private static int questionEnd(byte[] message) {
    int at = 12;
    while (message[at] != 0) at += message[at] + 1;
    return at + 5;
  }

  private byte[] answer(byte[] question) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.write(question, 0, 2);
    byte[] instead = garbage;
    if (instead != null) {
      out.write(instead);
      return bytes.toByteArray();
    }
    int end = questionEnd(question);
    int code = question[end - 3]; // none that is known needs more than one byte
    List<String> found = records.get(TYPES.get(code) + " " + name(question));
    int result = isBroken ? SERVER_FAILURE : found == null ? NO_SUCH_NAME : 0;
    List<String> told = result == 0 && found != null ? found : List.of();
    out.writeShort(0x8180 | result);
    out.writeShort(1);
    out.writeShort(told.size());
    out.writeInt(0);
    out.write(question, 12, end - 12);
    for (String each : told) record(out, code, each);
    return bytes.toByteArray();
  }

  private static String name(byte[] message) {
    var name = new StringBuilder();
    for (int at = 12; message[at] != 0; at += message[at] + 1) {
      if (!name.isEmpty()) name.append('.');
      name.append(new String(message, at + 1, message[at], StandardCharsets.US_ASCII));
    }
    return name.toString();
  }

  private static void record(DataOutputStream out, int code, String text) throws IOException {
    var data = new ByteArrayOutputStream();
    if (code == SRV) {
      var fields = new DataOutputStream(data);
      String[] parts = text.split(" ", -1);
      for (int i = 0; i < 3; i++) fields.writeShort(Integer.parseInt(parts[i]));
      for (String label : parts[3].split("\\.", -1)) {
        if (label.isEmpty()) continue; // the root
        fields.writeByte(label.length());
        fields.writeBytes(label);
      }
      fields.writeByte(0);
    } else {
      data.write(InetAddress.ofLiteral(text).getAddress());
    }
    out.writeShort(0xc00c); // the name of the question
    out.writeShort(code);
    out.writeShort(1);
    out.writeInt(5); // seconds to live
    out.writeShort(data.size());
    data.writeTo(out);
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }
}
