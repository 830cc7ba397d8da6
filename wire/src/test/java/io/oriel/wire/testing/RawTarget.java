package io.oriel.wire.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A target that answers bytes as they are, good or hostile, one script a connection. */
public final class RawTarget implements AutoCloseable {
  /** What happens on one connection once a request's head has come. */
  public interface Script {
    void answer(InputStream in, OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final AtomicInteger connections = new AtomicInteger();

  public RawTarget(Script script) throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(script));
  }

  public String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  public int connections() {
    return connections.get();
  }

  private void accept(Script script) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket, script));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private static void serve(Socket socket, Script script) {
    try (socket) {
      readHead(socket.getInputStream());
      script.answer(socket.getInputStream(), socket.getOutputStream());
    } catch (IOException | InterruptedException e) {
      // the client has gone, as it should
    }
  }

  /** Reads one request up to its empty line. */
  public static void readHead(InputStream in) throws IOException {
    int last = 0;
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\r') continue;
      if (c == '\n' && last == '\n') return;
      last = c;
    }
    throw new IOException("gone");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
