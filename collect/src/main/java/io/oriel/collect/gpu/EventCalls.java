package io.oriel.collect.gpu;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** Sets of events: the driver collects what happens, and is asked for it. */
final class EventCalls {
  private static final int BYTES = 32; // nvmlEventData_t

  private final @Nullable MethodHandle create;
  private final @Nullable MethodHandle register;
  private final @Nullable MethodHandle await;
  private final @Nullable MethodHandle free;
  private final MemorySegment pointer;
  private final MemorySegment event;

  EventCalls(Symbols symbols, Arena arena) {
    var one = FunctionDescriptor.of(JAVA_INT, JAVA_LONG);
    this.create = symbols.find(one, "nvmlEventSetCreate");
    this.register =
        symbols.find(
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            "nvmlDeviceRegisterEvents");
    this.await =
        symbols.find(
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT),
            "nvmlEventSetWait_v2",
            "nvmlEventSetWait");
    this.free = symbols.find(one, "nvmlEventSetFree");
    this.pointer = arena.allocate(JAVA_LONG);
    this.event = arena.allocate(BYTES, Long.BYTES);
  }

  long create() throws NvmlException {
    if (create == null) throw NvmlException.of(NvmlReturn.FUNCTION_NOT_FOUND);
    pointer.set(JAVA_LONG, 0, 0);
    try {
      check((int) create.invokeExact(pointer.address()));
    } catch (Throwable e) {
      throw asItIs(e);
    }
    return pointer.get(JAVA_LONG, 0);
  }

  void register(long device, long events, long set) throws NvmlException {
    if (register == null) throw NvmlException.of(NvmlReturn.FUNCTION_NOT_FOUND);
    try {
      check((int) register.invokeExact(device, events, set));
    } catch (Throwable e) {
      throw asItIs(e);
    }
  }

  NvmlEvent await(long set, int timeoutMs) throws NvmlException {
    if (await == null) throw NvmlException.of(NvmlReturn.FUNCTION_NOT_FOUND);
    event.fill((byte) 0);
    try {
      check((int) await.invokeExact(set, event.address(), timeoutMs));
    } catch (Throwable e) {
      throw asItIs(e);
    }
    return new NvmlEvent(
        event.get(JAVA_LONG, 0), event.get(JAVA_LONG, 8), event.get(JAVA_LONG, 16));
  }

  void free(long set) {
    if (free == null) return;
    try {
      int _ = (int) free.invokeExact(set);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  private static void check(int code) throws NvmlException {
    if (code != 0) throw NvmlException.of(code);
  }

  private static NvmlException asItIs(Throwable e) {
    if (e instanceof NvmlException answer) return answer;
    throw Symbols.broken(e);
  }
}
