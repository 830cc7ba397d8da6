package io.oriel.collect.gpu;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lists of processes. The caller brings the space; when it is too small, NVML says how much it
 * wants, which by the next call may be too small again.
 */
final class ProcessCalls {
  private static final int BYTES = 24; // nvmlProcessInfo_t, of the calls _v2 and _v3
  private static final int OLD_BYTES = 16; // before: no instances
  private static final int FIRST_ROOM = 64;
  private static final int MOST = 4096;
  private static final int TRIES = 5;
  private static final FunctionDescriptor SHAPE =
      FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private record Function(MethodHandle handle, int bytes) {}

  private final Map<Nvml.ProcessKind, Function> functions = new EnumMap<>(Nvml.ProcessKind.class);
  private final Arena arena;
  private final MemorySegment count;
  private MemorySegment room;
  private int rooms = FIRST_ROOM;

  ProcessCalls(Symbols symbols, Arena arena) {
    this.arena = arena;
    this.count = arena.allocate(JAVA_INT);
    this.room = arena.allocate((long) FIRST_ROOM * BYTES, Long.BYTES);
    for (Nvml.ProcessKind kind : Nvml.ProcessKind.values()) {
      Function found = find(symbols, name(kind));
      if (found != null) functions.put(kind, found);
    }
  }

  private static String name(Nvml.ProcessKind kind) {
    return switch (kind) {
      case COMPUTE -> "nvmlDeviceGetComputeRunningProcesses";
      case GRAPHICS -> "nvmlDeviceGetGraphicsRunningProcesses";
      case MPS -> "nvmlDeviceGetMPSComputeRunningProcesses";
    };
  }

  private static @Nullable Function find(Symbols symbols, String name) {
    MethodHandle today = symbols.find(SHAPE, name + "_v3", name + "_v2");
    if (today != null) return new Function(today, BYTES);
    MethodHandle old = symbols.find(SHAPE, name);
    return old == null ? null : new Function(old, OLD_BYTES);
  }

  List<NvmlProcess> list(long device, Nvml.ProcessKind kind) throws NvmlException {
    Function function = functions.get(kind);
    if (function == null) throw NvmlException.of(NvmlReturn.FUNCTION_NOT_FOUND);
    for (int i = 0; i < TRIES; i++) {
      count.set(JAVA_INT, 0, rooms);
      NvmlReturn answer = NvmlReturn.of(invoke(function.handle, device));
      int found = count.get(JAVA_INT, 0);
      if (answer == NvmlReturn.SUCCESS) return read(function.bytes, Math.min(found, rooms));
      if (answer != NvmlReturn.INSUFFICIENT_SIZE) throw NvmlException.of(answer);
      if (found < 0 || found > MOST) break;
      grow(found);
    }
    throw NvmlException.of(NvmlReturn.INSUFFICIENT_SIZE);
  }

  private int invoke(MethodHandle handle, long device) {
    try {
      return (int) handle.invokeExact(device, count.address(), room.address());
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  private void grow(int wanted) {
    if (wanted <= rooms) return;
    rooms = Math.max(wanted, 2 * rooms);
    room = arena.allocate((long) rooms * BYTES, Long.BYTES);
  }

  private List<NvmlProcess> read(int bytes, int found) {
    var list = new ArrayList<NvmlProcess>(found);
    for (int i = 0; i < found; i++) {
      long at = (long) i * bytes;
      boolean hasInstances = bytes == BYTES;
      list.add(
          new NvmlProcess(
              room.get(JAVA_INT, at),
              room.get(JAVA_LONG, at + 8),
              hasInstances ? room.get(JAVA_INT, at + 16) : -1,
              hasInstances ? room.get(JAVA_INT, at + 20) : -1));
    }
    return list;
  }
}
