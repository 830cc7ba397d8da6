package io.oriel.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers who want to use the server up: each is cut or refused, the others are answered. */
@Timeout(60)
class HttpFloodTest {
  private static final Limits LIMITS =
      Limits.NORMAL
          .with(Limit.HEADER_SECONDS, 2)
          .with(Limit.REQUEST_SECONDS, 1)
          .with(Limit.REQUEST_BODY_BYTES, 1 << 20)
          .with(Limit.REQUEST_BODIES_BYTES, 4 << 20)
          .with(Limit.CONNECTIONS, 500);
  private static final Route ECHO =
      Route.getOrPost("/echo", "A word", call -> Answer.text(call.param("word").orElse("")));
  private static final Route BODY =
      Route.change("/body", "How long it is", call -> Answer.text("" + call.body().length));

  private static final byte DATA = 0;
  private static final byte HEADERS = 1;
  private static final byte RESET = 3;
  private static final byte SETTINGS = 4;
  private static final byte PING = 6;
  private static final byte GO_AWAY = 7;
  private static final byte CONTINUATION = 9;
  private static final int ENHANCE_YOUR_CALM = 11;
  private static final int CUT = Integer.MAX_VALUE;
  private static final int TRIES = 5;

  /** GET http /, in indexes of the static table, and a host. */
  private static final byte[] GET = {(byte) 0x82, (byte) 0x86, (byte) 0x84, 0x41, 1, 'x'};

  private final TestServer server = TestServer.below("", LIMITS, List.of(ECHO, BODY));
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) socket.close();
    server.close();
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    sockets.add(socket);
    return socket;
  }

  private Socket send(String text) throws IOException {
    Socket socket = connect();
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    return socket;
  }

  private static String answer(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    } catch (SocketException e) { // reset: cut is cut
      return "";
    }
  }

  /**
   * On a connection of their own: one that idles may have had to make room. On a busy machine a new
   * one may idle before it has asked; then it is opened once more, as browsers do.
   */
  private void othersAreAnswered() throws Exception {
    for (int i = 1; i < TRIES; i++) {
      try {
        othersAreAnsweredAtOnce();
        return;
      } catch (IOException _) { // made room before it had asked
      }
    }
    othersAreAnsweredAtOnce();
  }

  private void othersAreAnsweredAtOnce() throws Exception {
    var still = URI.create("http://127.0.0.1:%d/echo?word=still".formatted(server.port()));
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(HttpRequest.newBuilder(still).build(), BodyHandlers.ofString());
      assertThat(answer.body()).isEqualTo("still");
    }
  }

  @Test
  void hundreds_of_connections_that_say_nothing_keep_nobody_out() throws Exception {
    for (int i = 0; i < 300; i++) connect();
    for (int i = 0; i < 100; i++) send("GET /echo?wo");

    othersAreAnswered();
  }

  @Test
  void where_there_are_as_many_connections_as_may_be_those_that_idle_make_room() throws Exception {
    for (int i = 0; i < 500; i++) connect();

    othersAreAnswered();
  }

  @Test
  void a_head_that_trickles_is_cut_though_it_never_idles() throws Exception {
    Socket slow = send("GET /echo HTTP/1.1\r\nHost: localhost\r\n");
    slow.setSoTimeout(100);
    int read = 0;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);

    while (read >= 0 && System.nanoTime() < end) {
      try {
        slow.getOutputStream().write("A: b\r\n".getBytes(US_ASCII));
        read = slow.getInputStream().read();
      } catch (SocketTimeoutException _) { // nothing said yet
      } catch (SocketException _) {
        read = -1; // cut
      }
    }

    assertThat(read).isNegative();
    othersAreAnswered();
  }

  @Test
  void a_body_that_trickles_is_cut_and_said_nothing_for() throws Exception {
    Socket slow =
        send("POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\na little");

    assertThat(answer(slow)).doesNotContain("200 OK");
    othersAreAnswered();
  }

  @Test
  void bodies_that_are_never_whole_are_counted_together() throws Exception {
    String most = "x".repeat((1 << 20) - 2);
    for (int i = 0; i < 4; i++) {
      send("POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048575\r\n\r\n" + most);
    }

    String refused = "";
    while (!refused.contains("503")) {
      refused =
          answer(
              send(
                  "POST /body HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                      + most.length()
                      + "\r\n\r\n"
                      + most));
    }

    assertThat(refused).contains("limits.request_bodies_bytes").contains("Retry-After");
    othersAreAnswered();
  }

  @Test
  void a_body_without_a_length_is_refused_as_soon_as_it_is_too_large() throws Exception {
    Socket socket =
        send("POST /body HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
    byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(US_ASCII);
    try {
      for (int i = 0; i < 20; i++) socket.getOutputStream().write(chunk);
    } catch (SocketException _) { // refused before all was sent
    }

    assertThat(answer(socket)).doesNotContain("200 OK");
    othersAreAnswered();
  }

  @Test
  void headers_of_a_megabyte_are_refused() throws Exception {
    Socket socket = connect();
    try {
      socket
          .getOutputStream()
          .write(
              ("GET /echo HTTP/1.1\r\nHost: localhost\r\nA: " + "a".repeat(1 << 20))
                  .getBytes(US_ASCII));
    } catch (SocketException _) { // refused before all was sent
    }

    assertThat(answer(socket)).doesNotContain("200 OK");
    othersAreAnswered();
  }

  @Test
  void streams_opened_and_reset_again_and_again_end_their_connection() throws Exception {
    DataOutputStream out = http2();
    var flood = new ByteArrayOutputStream();
    var frames = new DataOutputStream(flood);
    for (int stream = 1; stream < 2_000; stream += 2) {
      frame(frames, HEADERS, 5, stream, GET); // whole headers, no body
      frame(frames, RESET, 0, stream, new byte[] {0, 0, 0, 8});
    }

    assertThat(endedBy(out, flood.toByteArray())).isIn(ENHANCE_YOUR_CALM, CUT);
    othersAreAnswered();
  }

  @Test
  void pings_without_end_end_their_connection() throws Exception {
    DataOutputStream out = http2();
    var flood = new ByteArrayOutputStream();
    var frames = new DataOutputStream(flood);
    for (int i = 0; i < 2_000; i++) frame(frames, PING, 0, 0, new byte[8]);

    assertThat(endedBy(out, flood.toByteArray())).isIn(ENHANCE_YOUR_CALM, CUT);
    othersAreAnswered();
  }

  @Test
  void empty_frames_without_end_end_their_connection() throws Exception {
    DataOutputStream out = http2();
    var flood = new ByteArrayOutputStream();
    var frames = new DataOutputStream(flood);
    frame(frames, HEADERS, 4, 1, GET);
    for (int i = 0; i < 2_000; i++) frame(frames, DATA, 0, 1, new byte[0]);

    assertThat(endedBy(out, flood.toByteArray())).isIn(ENHANCE_YOUR_CALM, CUT);
    othersAreAnswered();
  }

  @Test
  void headers_that_go_on_without_end_end_their_connection() throws Exception {
    DataOutputStream out = http2();
    var flood = new ByteArrayOutputStream();
    var frames = new DataOutputStream(flood);
    frame(frames, HEADERS, 0, 1, GET);
    for (int i = 0; i < 100; i++) frame(frames, CONTINUATION, 0, 1, new byte[16_000]);

    assertThat(endedBy(out, flood.toByteArray())).isPositive();
    othersAreAnswered();
  }

  @Test
  void headers_that_trickle_in_continuations_end_their_connection() throws Exception {
    DataOutputStream out = http2();
    frame(out, HEADERS, 0, 1, GET);

    assertThat(isCut(() -> frame(out, CONTINUATION, 0, 1, new byte[] {0x40})).inSeconds())
        .isBetween(1L, 10L);
    othersAreAnswered();
  }

  @Test
  void a_frame_that_trickles_ends_its_connection() throws Exception {
    DataOutputStream out = http2();
    out.write(new byte[] {0, 4, 0, HEADERS, 0, 0, 0, 0, 1}); // 1024 bytes will follow

    assertThat(isCut(() -> out.write(0x40)).inSeconds()).isBetween(1L, 10L);
    othersAreAnswered();
  }

  @Test
  void a_ping_now_and_then_is_no_trickle() throws Exception {
    DataOutputStream out = http2();

    assertThat(isCut(() -> frame(out, PING, 0, 0, new byte[8])).inSeconds()).isNegative();
  }

  private interface Drop {
    void send() throws IOException;
  }

  /** When a connection was cut; negative where it was not within six seconds. */
  private record Cut(long inSeconds) {}

  /** Sends a drop four times a second. */
  private Cut isCut(Drop drop) throws Exception {
    Socket socket = sockets.getLast();
    socket.setSoTimeout(250); // the pace
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(6)) {
      try {
        drop.send();
        while (socket.getInputStream().read() >= 0) {} // what is said, until nothing comes
        return new Cut(seconds(begin));
      } catch (SocketTimeoutException _) { // nothing said yet
      } catch (SocketException _) {
        return new Cut(seconds(begin));
      }
    }
    return new Cut(-1);
  }

  private static long seconds(long beginNanos) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beginNanos);
  }

  private DataOutputStream http2() throws IOException {
    Socket socket = send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    var out = new DataOutputStream(socket.getOutputStream());
    frame(out, SETTINGS, 0, 0, new byte[0]);
    return out;
  }

  private static void frame(DataOutputStream out, byte type, int flags, int stream, byte[] payload)
      throws IOException {
    out.writeByte(payload.length >>> 16);
    out.writeShort(payload.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
  }

  /**
   * Sends, and reads how the connection ends: by what its last word said, or {@link #CUT} where the
   * reset that follows came before it.
   */
  private int endedBy(DataOutputStream out, byte[] flood) throws IOException {
    InputStream socket = sockets.getLast().getInputStream();
    Thread sending =
        Thread.ofVirtual()
            .start(() -> {
              try {
                out.write(flood);
              } catch (IOException _) { // it is cut while it sends
              }
            });
    try (var in = new DataInputStream(socket)) {
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        in.skipNBytes(5);
        byte[] payload = in.readNBytes(length);
        if (type == GO_AWAY) return payload[7];
      }
    } catch (EOFException | SocketException e) {
      return CUT;
    } finally {
      sending.interrupt();
    }
  }
}
