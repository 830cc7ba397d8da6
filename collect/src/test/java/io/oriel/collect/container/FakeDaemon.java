package io.oriel.collect.container;

import io.oriel.collect.peer.Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** A daemon on a socket in the file system that answers what it was told to, by path. */
final class FakeDaemon implements AutoCloseable {
  /** What is answered to one question. */
  interface Answer {
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocketChannel server;
  private final Path socket;
  private final Map<String, Function<String, Answer>> answers =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<SocketChannel> open = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch closed = new CountDownLatch(1);

  FakeDaemon(Path folder) throws IOException {
    socket = folder.resolve("docker.sock");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    on(
        "/version",
        json("{\"ApiVersion\":\"1.43\",\"MinAPIVersion\":\"1.12\",\"Version\":\"24.0.7\"}"));
    on("/info", json("{\"NCPU\":8,\"CgroupVersion\":\"2\",\"Driver\":\"overlay2\"}"));
    on("/events", json(""));
    Thread.ofVirtual().start(this::accept);
  }

  Address address() {
    return Address.of(URI.create("unix://" + socket), "a test");
  }

  /** What is answered to paths that end so, less a version before and a query behind. */
  FakeDaemon on(String path, Answer answer) {
    answers.put(path, _ -> answer);
    return this;
  }

  static Answer json(String body) {
    return status(200, body);
  }

  static Answer status(int status, String body) {
    return out -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      String head =
          "HTTP/1.1 %d Said\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
              .formatted(status, bytes.length);
      out.write(head.getBytes(StandardCharsets.UTF_8));
      out.write(bytes);
      out.flush();
    };
  }

  /** Says nothing until the daemon is closed. */
  Answer silence() {
    return _ -> closed.await();
  }

  /** Begins well and never ends. */
  static Answer endless(String piece) {
    return out -> {
      out.write(
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
              .getBytes(StandardCharsets.UTF_8));
      byte[] bytes = piece.repeat(1000).getBytes(StandardCharsets.UTF_8);
      while (true) out.write(bytes); // until the other side has enough of it
    };
  }

  /** Paths with version and query, in the order of asking. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  long asked(String part) {
    return asked().stream().filter(each -> each.contains(part)).count();
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel one = server.accept();
        open.add(one);
        Thread.ofVirtual().start(() -> serve(one));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(SocketChannel one) {
    try (one) {
      var in =
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(one), StandardCharsets.UTF_8));
      OutputStream out = Channels.newOutputStream(one);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String target = line.split(" ", -1)[1];
        while (!in.readLine().isEmpty()) {} // headers say nothing to us
        asked.add(target);
        answer(target).write(out);
      }
    } catch (IOException | InterruptedException e) {
      // the client has gone
    }
  }

  private Answer answer(String target) {
    String path = target.replaceFirst("\\?.*", "").replaceFirst("^/v[0-9.]+(?=/)", "");
    Function<String, Answer> found = answers.get(path);
    return found == null ? status(404, "{\"message\":\"page not found\"}") : found.apply(target);
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    Files.deleteIfExists(socket);
    for (SocketChannel each : List.copyOf(open)) each.close();
  }
}
