package io.oriel.simulate.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens at one place; each connection has a virtual thread. Whoever opens it closes it. */
public final class HttpServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
  private static final int MOST_CONNECTIONS = 128;

  private final String name;
  private final ServerSocketChannel listener;
  private final Answering answering;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final Thread acceptor;

  private HttpServer(String name, ServerSocketChannel listener, Answering answering) {
    this.name = name;
    this.listener = listener;
    this.answering = answering;
    this.acceptor = Thread.ofVirtual().name("simulate-" + name).start(this::accept);
  }

  /**
   * Listens on this machine's loopback address.
   *
   * @param port 0 for any that is free
   * @throws IOException when the port is taken
   */
  public static HttpServer onPort(String name, int port, Answering answering) throws IOException {
    var address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    return new HttpServer(name, bound(ServerSocketChannel.open(), address), answering);
  }

  /** Listens at a socket in the file system; what is left there from before is replaced. */
  public static HttpServer atSocket(String name, Path socket, Answering answering)
      throws IOException {
    Files.deleteIfExists(socket);
    var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return new HttpServer(name, bound(listener, UnixDomainSocketAddress.of(socket)), answering);
  }

  private static ServerSocketChannel bound(ServerSocketChannel listener, SocketAddress address)
      throws IOException {
    try {
      return listener.bind(address, 64);
    } catch (IOException e) {
      listener.close();
      throw new IOException(
          "%s can't be listened at (%s); stop what has it, or choose another port"
              .formatted(address, e.getMessage()),
          e);
    }
  }

  /** Where it listens; 0 for a socket in the file system. */
  public int port() {
    try {
      return listener.getLocalAddress() instanceof InetSocketAddress at ? at.getPort() : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private void accept() {
    while (listener.isOpen()) {
      try {
        SocketChannel channel = listener.accept();
        if (open.size() >= MOST_CONNECTIONS) {
          channel.close();
          continue;
        }
        open.add(channel);
        Thread.ofVirtual().name("simulate-" + name + "-connection").start(() -> serve(channel));
      } catch (AsynchronousCloseException e) {
        return;
      } catch (IOException e) {
        if (listener.isOpen()) log.warn("accepting failed server={} reason={}", name, e.toString());
      }
    }
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      var connection = new HttpConnection(channel);
      while (connection.exchange(answering)) {} // until one side has enough
    } catch (IOException _) {
      // who asked has hung up
    } catch (RuntimeException e) {
      log.error("simulated answer failed server={}; this is a defect of Oriel", name, e);
    } finally {
      open.remove(channel);
    }
  }

  @Override
  public void close() {
    quietly(listener);
    for (SocketChannel each : open) quietly(each);
    try {
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void quietly(AutoCloseable channel) {
    try {
      channel.close();
    } catch (Exception _) {
      // it is gone all the same
    }
  }
}
