package io.oriel.collect.node;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The system call, for one thread. */
final class Statfs implements Space.Asking {
  private static final int BYTES = 256; // struct statfs is 120 on 64-bit Linux
  private static final MethodHandle STATFS =
      Libc.function("statfs", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));

  private final Arena arena = Arena.ofShared();
  private final Libc libc = new Libc(arena);
  private final MemorySegment answer = arena.allocate(BYTES);
  private final MemorySegment path = arena.allocate(4096);

  @Override
  public Space of(Mount mount) throws Unreadable {
    path.setString(0, mount.path);
    if (call() != 0) throw Unreadable.because(Libc.reason(libc.errno()));
    return new Space(field(1), field(2), field(3), field(4), field(5), field(6));
  }

  private long field(int number) {
    return answer.get(JAVA_LONG, number * 8L);
  }

  private int call() {
    try {
      return (int) STATFS.invokeExact(libc.state(), path.address(), answer.address());
    } catch (Throwable e) {
      throw Libc.broken(e);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
