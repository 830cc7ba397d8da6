package io.oriel.wire.fetch;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;

/** The bytes of a connection, whatever carries them. */
interface Link extends AutoCloseable {
  InputStream in() throws IOException;

  OutputStream out() throws IOException;

  /** How long the next read may wait; nothing where {@link #isGuarded} says so. */
  void readWithin(int ms) throws IOException;

  /** Whether only closing it ends a read in time. */
  boolean isGuarded();

  @Override
  void close() throws IOException;

  /** By TCP, plain or TLS. TLS reads whole records, so a timeout of single reads is not enough. */
  record Tcp(Socket socket, boolean isGuarded) implements Link {
    @Override
    public InputStream in() throws IOException {
      return socket.getInputStream();
    }

    @Override
    public OutputStream out() throws IOException {
      return socket.getOutputStream();
    }

    @Override
    public void readWithin(int ms) throws IOException {
      socket.setSoTimeout(ms);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** By a socket in the file system, as the Docker daemon listens at. */
  record Unix(SocketChannel channel) implements Link {
    @Override
    public InputStream in() {
      return new FilterInputStream(Channels.newInputStream(channel)) {
        @Override
        public int read(byte[] into, int from, int length) throws IOException {
          try {
            return in.read(into, from, length);
          } catch (IOException e) {
            throw asSocket(e);
          }
        }
      };
    }

    @Override
    public OutputStream out() {
      return new FilterOutputStream(Channels.newOutputStream(channel)) {
        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
          try {
            out.write(bytes, from, length);
          } catch (IOException e) {
            throw asSocket(e);
          }
        }
      };
    }

    /** A channel says of a peer that is gone what a socket says by a type of its own. */
    private static IOException asSocket(IOException e) {
      return e instanceof ClosedChannelException ? e : new SocketException("" + e.getMessage());
    }

    @Override
    public void readWithin(int ms) {}

    @Override
    public boolean isGuarded() {
      return true;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
