package io.oriel.scrape.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An open socket to one host, plain or TLS, whose reads end at a deadline. One thread at a time.
 */
final class Connection implements AutoCloseable {
  private static final int BUFFER = 16 << 10;

  private final Socket socket;
  private final OutputStream out;
  private final BufferedBytes in;
  private final boolean tls;

  private Connection(Socket socket, boolean tls, Deadline deadline) throws IOException {
    this.socket = socket;
    this.tls = tls;
    this.out = socket.getOutputStream();
    this.in = new BufferedBytes(socket, BUFFER);
    in.until(deadline);
  }

  static Connection open(URI uri, TlsSockets tlsSockets, Deadline deadline)
      throws IOException, InterruptedException {
    boolean tls = uri.getScheme().equals("https");
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    Socket socket = connect(Names.lookUp(uri.getHost(), deadline), port, deadline);
    try {
      if (!tls) return new Connection(socket, false, deadline);
      socket.setSoTimeout(deadline.remainingMs());
      return guarded(
          socket,
          deadline,
          () -> new Connection(tlsSockets.wrap(socket, uri.getHost(), port), true, deadline));
    } catch (IOException | RuntimeException | InterruptedException e) {
      socket.close();
      throw e;
    }
  }

  /** The addresses in turn; each but the last may take half of what is left. */
  private static Socket connect(InetAddress[] addresses, int port, Deadline deadline)
      throws IOException {
    IOException failure = new IOException("the name has no address");
    for (int i = 0; i < addresses.length; i++) {
      var socket = new Socket();
      try {
        boolean last = i == addresses.length - 1;
        int ms = deadline.remainingMs();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(addresses[i], port), last ? ms : Math.max(1, ms / 2));
        return socket;
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw failure;
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  /** Sends the request and reads the head of the response; the body is read from {@link #in}. */
  ResponseHead exchange(byte[] request, Deadline deadline) throws IOException {
    in.until(deadline);
    out.write(request);
    out.flush();
    return ResponseHead.read(in);
  }

  /**
   * Runs what reads from this connection. TLS reads whole records, so a peer that sends one drop
   * after the other would outlast the timeout of a single read: there the socket is closed at the
   * deadline.
   */
  void untilDeadline(Deadline deadline, Reading reading) throws IOException, InterruptedException {
    if (!tls) {
      reading.run();
      return;
    }
    guarded(
        socket,
        deadline,
        () -> {
          reading.run();
          return true;
        });
  }

  interface Reading {
    void run() throws IOException;
  }

  private static <T> T guarded(Socket socket, Deadline deadline, Step<T> step)
      throws IOException, InterruptedException {
    var done = new CountDownLatch(1);
    int ms = deadline.remainingMs();
    Thread guard =
        Thread.ofVirtual()
            .start(() -> {
              try {
                if (!done.await(ms, TimeUnit.MILLISECONDS)) socket.close();
              } catch (IOException | InterruptedException e) {
                // nobody is left to tell; the reader sees the closed socket
              }
            });
    try {
      return step.run();
    } catch (IOException e) {
      deadline.remainingMs(); // a socket that was closed in time is a timeout, whatever it says
      throw e;
    } finally {
      done.countDown();
      guard.join();
    }
  }

  BufferedBytes in() {
    return in;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone either way
    }
  }

  /** A stream of the socket's bytes that looks at the deadline before each read. */
  static final class BufferedBytes extends InputStream {
    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer;
    private Deadline deadline = new Deadline(0);
    private int at;
    private int end;

    BufferedBytes(Socket socket, int size) throws IOException {
      this.socket = socket;
      this.in = socket.getInputStream();
      this.buffer = new byte[size];
    }

    void until(Deadline end) {
      deadline = end;
    }

    @Override
    public int read() throws IOException {
      if (at == end && !refill()) return -1;
      return buffer[at++] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) return 0;
      if (at == end && !refill()) return -1;
      int n = Math.min(length, end - at);
      System.arraycopy(buffer, at, into, offset, n);
      at += n;
      return n;
    }

    private boolean refill() throws IOException {
      socket.setSoTimeout(deadline.remainingMs());
      at = 0;
      end = Math.max(0, in.read(buffer));
      return end > 0;
    }
  }
}
