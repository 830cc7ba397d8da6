package io.oriel.collect.gpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** GPM, the performance monitors of Hopper and newer: samples are taken, and two are compared. */
final class MonitorCalls {
  // nvmlGpmMetricsGet_t as large as NVML 13 has it (333 metrics); older drivers touch less of it
  private static final int BYTES = 13344;
  private static final int METRICS = 24;
  private static final int METRIC_BYTES = 40;
  private static final int MOST = 333;
  private static final int VERSION = 1;

  private final @Nullable MethodHandle query;
  private final @Nullable MethodHandle allocate;
  private final @Nullable MethodHandle take;
  private final @Nullable MethodHandle takeOfInstance;
  private final @Nullable MethodHandle compare;
  private final @Nullable MethodHandle free;
  private final MemorySegment support;
  private final MemorySegment pointer;
  private final MemorySegment metrics;

  MonitorCalls(Symbols symbols, Arena arena) {
    var one = FunctionDescriptor.of(JAVA_INT, JAVA_LONG);
    var two = FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG);
    this.query = symbols.find(two, "nvmlGpmQueryDeviceSupport");
    this.allocate = symbols.find(one, "nvmlGpmSampleAlloc");
    this.take = symbols.find(two, "nvmlGpmSampleGet");
    this.takeOfInstance =
        symbols.find(
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG), "nvmlGpmMigSampleGet");
    this.compare = symbols.find(one, "nvmlGpmMetricsGet");
    this.free = symbols.find(one, "nvmlGpmSampleFree");
    this.support = arena.allocate(8, Integer.BYTES);
    this.pointer = arena.allocate(JAVA_LONG);
    this.metrics = arena.allocate(BYTES, Long.BYTES);
  }

  boolean isSupported(long device) throws NvmlException {
    support.set(JAVA_INT, 0, VERSION);
    support.set(JAVA_INT, 4, 0);
    check(invoke(there(query), device, support.address()));
    return support.get(JAVA_INT, 4) != 0;
  }

  long sample() throws NvmlException {
    pointer.set(JAVA_LONG, 0, 0);
    check(invoke(there(allocate), pointer.address()));
    return pointer.get(JAVA_LONG, 0);
  }

  void take(long device, int gpuInstance, long sample) throws NvmlException {
    int code =
        gpuInstance < 0
            ? invoke(there(take), device, sample)
            : invoke(there(takeOfInstance), device, gpuInstance, sample);
    check(code);
  }

  void compare(long older, long newer, Asked asked) throws NvmlException {
    assert asked.size() <= MOST : asked.size();
    metrics.fill((byte) 0);
    metrics.set(JAVA_INT, 0, VERSION);
    metrics.set(JAVA_INT, 4, asked.size());
    metrics.set(JAVA_LONG, 8, older);
    metrics.set(JAVA_LONG, 16, newer);
    for (int i = 0; i < asked.size(); i++) {
      metrics.set(JAVA_INT, METRICS + (long) i * METRIC_BYTES, asked.id(i));
    }
    check(invoke(there(compare), metrics.address()));
    for (int i = 0; i < asked.size(); i++) {
      long at = METRICS + (long) i * METRIC_BYTES;
      int code = metrics.get(JAVA_INT, at + 4);
      if (code == 0) asked.answer(i, metrics.get(JAVA_DOUBLE, at + 8));
      else asked.refuse(i, code);
    }
  }

  void free(long sample) {
    if (free != null) invoke(free, sample);
  }

  private static MethodHandle there(@Nullable MethodHandle handle) throws NvmlException {
    if (handle == null) throw NvmlException.of(NvmlReturn.FUNCTION_NOT_FOUND);
    return handle;
  }

  private static void check(int code) throws NvmlException {
    if (code != 0) throw NvmlException.of(code);
  }

  private static int invoke(MethodHandle handle, long a) {
    try {
      return (int) handle.invokeExact(a);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  private static int invoke(MethodHandle handle, long a, long b) {
    try {
      return (int) handle.invokeExact(a, b);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  private static int invoke(MethodHandle handle, long a, int b, long c) {
    try {
      return (int) handle.invokeExact(a, b, c);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }
}
