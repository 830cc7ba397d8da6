package io.oriel.collect.node;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The few functions of the C library that the node collector calls. Files are read this way because
 * a round opens some hundred tiny ones: three system calls each and no object, where a channel
 * would make a dozen. Addresses travel as long, so that a call allocates nothing.
 *
 * <p>Each call returns what the function returns; where that is -1, {@link #errno} has the reason.
 * One instance a thread: the place where errno is left is shared by its calls.
 */
final class Libc {
  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int ESRCH = 3;
  static final int EACCES = 13;
  static final int ENODEV = 19;
  static final int EISDIR = 21;
  static final int EINVAL = 22;
  static final int EOPNOTSUPP = 95;

  private static final int O_CLOEXEC = 0x80000; // and O_RDONLY, which is 0
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO_AT =
      STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle PREAD =
      function(
          "pread", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle OPENDIR =
      function("opendir", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
  private static final MethodHandle READDIR =
      function("readdir", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
  private static final MethodHandle CLOSEDIR =
      function("closedir", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
  private static final MethodHandle GETPAGESIZE =
      function("getpagesize", FunctionDescriptor.of(JAVA_INT));

  private final MemorySegment state;

  Libc(Arena arena) {
    this.state = arena.allocate(STATE);
  }

  /** A function of the C library that leaves its error in errno; errno's place comes first. */
  @SuppressWarnings("restricted") // this class is the one door into native code here
  static MethodHandle function(String name, FunctionDescriptor shape, Linker.Option... more) {
    var options = new Linker.Option[more.length + 1];
    options[0] = ERRNO;
    System.arraycopy(more, 0, options, 1, more.length);
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape, options);
  }

  /** The function's first argument: where it leaves errno. */
  MemorySegment state() {
    return state;
  }

  int errno() {
    return state.get(JAVA_INT, ERRNO_AT);
  }

  /** Opens for reading. */
  int open(long path) {
    try {
      return (int) OPEN.invokeExact(state, path, O_CLOEXEC);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  long pread(int file, long buffer, long size, long offset) {
    try {
      return (long) PREAD.invokeExact(state, file, buffer, size, offset);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  void close(int file) {
    try {
      int _ = (int) CLOSE.invokeExact(state, file);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** 0 when it can't be opened. */
  long opendir(long path) {
    try {
      return (long) OPENDIR.invokeExact(state, path);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** The address of the next entry, 0 after the last. */
  long readdir(long folder) {
    try {
      return (long) READDIR.invokeExact(state, folder);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  void closedir(long folder) {
    try {
      int _ = (int) CLOSEDIR.invokeExact(state, folder);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** Bytes in a page of memory. */
  int pageSize() {
    try {
      return (int) GETPAGESIZE.invokeExact(state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** Memory that the library owns, readable by address. */
  @SuppressWarnings("restricted")
  static MemorySegment memory() {
    return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  }

  /** A call into the library can't throw; if it does, the descriptor above it is wrong. */
  static IllegalStateException broken(Throwable e) {
    return new IllegalStateException("a call into the C library failed", e);
  }

  /** In words, for the reason of a failure. */
  static String reason(int errno) {
    return switch (errno) {
      case EPERM -> "operation not permitted";
      case ENOENT -> "no such file";
      case ESRCH -> "no such process";
      case EACCES -> "permission denied";
      case ENODEV -> "no such device";
      case EISDIR -> "is a directory";
      case EINVAL -> "invalid argument";
      case EOPNOTSUPP -> "not supported";
      default -> "error " + errno;
    };
  }
}
