package io.oriel.collect.node;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Asks the kernel for a list by a netlink socket of the kind for sockets (sock_diag). */
final class Netlink {
  /** Gets each message of the answer: the buffer and where the message begins in it. */
  @FunctionalInterface
  interface Visitor {
    void message(MemorySegment answer, long at);
  }

  private static final int AF_NETLINK = 16;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int NETLINK_SOCK_DIAG = 4;
  private static final int ERROR = 2;
  private static final int DONE = 3;

  private static final MethodHandle SOCKET =
      Libc.function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SEND =
      Libc.function(
          "send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
  private static final MethodHandle RECV =
      Libc.function(
          "recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));

  private final Libc libc;
  private final MemorySegment answer;
  private int socket = -1;

  Netlink(KernelFiles files) {
    files.closeToo(this::close);
    this.libc = files.libc();
    this.answer = files.arena().allocate(32 << 10, 8); // as much as the kernel sends at a time
  }

  /**
   * @throws Unreadable when the kernel does not answer such a question
   */
  void dump(MemorySegment request, Visitor visitor) throws Unreadable {
    if (socket < 0) socket = socket();
    if (socket < 0) throw Unreadable.because("netlink: " + Libc.reason(libc.errno()));
    try {
      if (send(socket, request) < 0) {
        throw Unreadable.because("netlink: " + Libc.reason(libc.errno()));
      }
      while (!read(socket, visitor)) {
        // the next part of the list
      }
    } catch (Unreadable e) {
      close(); // what is left of an answer must not meet the next question
      throw e;
    }
  }

  private void close() {
    if (socket >= 0) libc.close(socket);
    socket = -1;
  }

  /** Reads one packet of messages; true when the list has ended. */
  private boolean read(int socket, Visitor visitor) throws Unreadable {
    long length = recv(socket);
    if (length <= 0) throw Unreadable.because("netlink: " + Libc.reason(libc.errno()));
    for (long at = 0; at + 16 <= length; ) {
      int size = answer.get(JAVA_INT_UNALIGNED, at);
      int type = answer.get(JAVA_SHORT_UNALIGNED, at + 4);
      if (type == DONE || size < 16) return true;
      if (type == ERROR) {
        throw Unreadable.because(
            "netlink: " + Libc.reason(-answer.get(JAVA_INT_UNALIGNED, at + 16)));
      }
      visitor.message(answer, at);
      at += size + 3 & ~3;
    }
    return false;
  }

  private int socket() {
    try {
      return (int)
          SOCKET.invokeExact(libc.state(), AF_NETLINK, SOCK_DGRAM_CLOEXEC, NETLINK_SOCK_DIAG);
    } catch (Throwable e) {
      throw Libc.broken(e);
    }
  }

  private long send(int socket, MemorySegment request) {
    try {
      return (long)
          SEND.invokeExact(libc.state(), socket, request.address(), request.byteSize(), 0);
    } catch (Throwable e) {
      throw Libc.broken(e);
    }
  }

  private long recv(int socket) {
    try {
      return (long) RECV.invokeExact(libc.state(), socket, answer.address(), answer.byteSize(), 0);
    } catch (Throwable e) {
      throw Libc.broken(e);
    }
  }
}
