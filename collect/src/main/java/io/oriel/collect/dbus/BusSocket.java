package io.oriel.collect.dbus;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A Unix socket on which every wait ends at a deadline, in nanoseconds of the system's clock. */
final class BusSocket implements AutoCloseable {
  private static final int READ_AHEAD = 16 << 10;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final ByteBuffer ahead = ByteBuffer.allocateDirect(READ_AHEAD).flip();

  BusSocket(Path path) throws IOException {
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.configureBlocking(false); // else a full queue of callers would hold us up
      if (!channel.connect(UnixDomainSocketAddress.of(path))) {
        throw new IOException("nobody takes the call");
      }
      selector = Selector.open();
      key = channel.register(selector, SelectionKey.OP_READ);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  void write(ByteBuffer bytes, long deadline) throws IOException, BusException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) await(SelectionKey.OP_WRITE, deadline);
    }
  }

  /** Fills the buffer up to its limit. */
  void read(ByteBuffer into, long deadline) throws IOException, BusException {
    while (into.hasRemaining()) {
      if (!ahead.hasRemaining()) fill(deadline);
      int n = Math.min(ahead.remaining(), into.remaining());
      into.put(into.position(), ahead, ahead.position(), n);
      into.position(into.position() + n);
      ahead.position(ahead.position() + n);
    }
  }

  private void fill(long deadline) throws IOException, BusException {
    ahead.clear();
    int n = channel.read(ahead);
    while (n == 0) {
      await(SelectionKey.OP_READ, deadline);
      n = channel.read(ahead);
    }
    ahead.flip();
    if (n < 0) throw new BusException("the bus closed the connection");
  }

  private void await(int operation, long deadline) throws IOException, BusException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) throw new BusException("the bus did not answer in time");
    key.interestOps(operation);
    selector.select(left);
    selector.selectedKeys().clear();
    if (Thread.currentThread().isInterrupted()) throw new BusException("interrupted");
  }

  @Override
  public void close() {
    try (channel) {
      selector.close();
    } catch (IOException _) {
      // nothing is lost: there was nothing left to say
    }
  }
}
