package io.oriel.wire.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An open link to one host whose reads end at a deadline. One thread at a time. */
final class Connection implements AutoCloseable {
  private static final int BUFFER = 16 << 10;

  private final Link link;
  private final OutputStream out;
  private final BufferedBytes in;

  private Connection(Link link, Deadline deadline) throws IOException {
    this.link = link;
    this.out = link.out();
    this.in = new BufferedBytes(link, BUFFER);
    in.until(deadline);
  }

  static Connection open(URI uri, TlsSockets tlsSockets, Deadline deadline)
      throws IOException, InterruptedException {
    if (uri.getScheme().equals("unix")) {
      return unix(Path.of(uri.getPath()), deadline);
    }
    boolean tls = uri.getScheme().equals("https");
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    Socket socket = connect(Names.lookUp(uri.getHost(), deadline), port, deadline);
    try {
      if (!tls) return new Connection(new Link.Tcp(socket, false), deadline);
      socket.setSoTimeout(deadline.remainingMs());
      return guarded(
          socket,
          deadline,
          () -> {
            Socket wrapped = tlsSockets.wrap(socket, uri.getHost(), port);
            return new Connection(new Link.Tcp(wrapped, true), deadline);
          });
    } catch (IOException | RuntimeException | InterruptedException e) {
      socket.close();
      throw e;
    }
  }

  /** Where more wait than the peer has room for, connecting waits too, and knows no timeout. */
  private static Connection unix(Path socket, Deadline deadline)
      throws IOException, InterruptedException {
    var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      return guarded(
          channel,
          deadline,
          () -> {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new Connection(new Link.Unix(channel), deadline);
          });
    } catch (IOException | RuntimeException | InterruptedException e) {
      channel.close();
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
   * after the other would outlast the timeout of a single read, and a socket in the file system
   * knows no timeout: such a link is closed at the deadline.
   */
  void untilDeadline(Deadline deadline, Reading reading) throws IOException, InterruptedException {
    if (!link.isGuarded()) {
      reading.run();
      return;
    }
    guarded(
        link,
        deadline,
        () -> {
          reading.run();
          return true;
        });
  }

  interface Reading {
    void run() throws IOException;
  }

  private static <T> T guarded(AutoCloseable link, Deadline deadline, Step<T> step)
      throws IOException, InterruptedException {
    var done = new CountDownLatch(1);
    int ms = deadline.remainingMs();
    Thread guard =
        Thread.ofVirtual()
            .start(() -> {
              try {
                if (!done.await(ms, TimeUnit.MILLISECONDS)) link.close();
              } catch (Exception e) {
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
      link.close();
    } catch (IOException e) {
      // it is gone either way
    }
  }

  /** A stream of the link's bytes that looks at the deadline before each read. */
  static final class BufferedBytes extends InputStream {
    private final Link link;
    private final InputStream in;
    private final byte[] buffer;
    private Deadline deadline = new Deadline(0);
    private int at;
    private int end;

    BufferedBytes(Link link, int size) throws IOException {
      this.link = link;
      this.in = link.in();
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
      link.readWithin(deadline.remainingMs());
      at = 0;
      end = Math.max(0, in.read(buffer));
      return end > 0;
    }
  }
}
