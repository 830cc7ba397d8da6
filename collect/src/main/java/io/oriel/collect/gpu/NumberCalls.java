package io.oriel.collect.gpu;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls of {@link NvmlCall}, bound. Arguments and the buffer for the answer never change, so
 * they are bound to the function once: what is left to pass is the device.
 */
final class NumberCalls {
  private static final int BUFFER = 128; // the largest struct has 104 bytes

  private final Symbols symbols;
  private final MemorySegment buffer;
  private final @Nullable MethodHandle[] bound = new MethodHandle[NvmlCall.values().length];
  private final boolean[] looked = new boolean[bound.length];

  NumberCalls(Symbols symbols, Arena arena) {
    this.symbols = symbols;
    this.buffer = arena.allocate(BUFFER, Long.BYTES);
  }

  void ask(long device, NvmlCall call, long[] out) throws NvmlException {
    MethodHandle function = function(call);
    if (function == null) throw NvmlException.of(NvmlReturn.FUNCTION_NOT_FOUND);
    NvmlCall.Shape shape = call.shape();
    buffer.fill((byte) 0);
    if (shape.version() != 0) buffer.set(JAVA_INT, 0, shape.version());
    int code = invoke(function, device);
    if (code != 0) throw NvmlException.of(code);
    List<NvmlCall.Place> places = shape.places();
    for (int i = 0; i < places.size(); i++) out[i] = read(places.get(i));
  }

  private long read(NvmlCall.Place place) {
    return switch (place.width()) {
      case U8 -> Byte.toUnsignedLong(buffer.get(JAVA_BYTE, place.offset()));
      case I32 -> buffer.get(JAVA_INT, place.offset());
      case U32 -> Integer.toUnsignedLong(buffer.get(JAVA_INT, place.offset()));
      case U64 -> buffer.get(JAVA_LONG, place.offset());
    };
  }

  private static int invoke(MethodHandle function, long device) {
    try {
      return (int) function.invokeExact(device);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  private @Nullable MethodHandle function(NvmlCall call) {
    int i = call.ordinal();
    if (!looked[i]) {
      looked[i] = true;
      bound[i] = bind(call);
    }
    return bound[i];
  }

  private @Nullable MethodHandle bind(NvmlCall call) {
    int[] arguments = call.arguments();
    int pointers = call.shape().isStruct() ? 1 : call.size();
    var types = new MemoryLayout[1 + arguments.length + pointers];
    Arrays.fill(types, JAVA_LONG);
    Arrays.fill(types, 1, 1 + arguments.length, JAVA_INT);
    MethodHandle plain = symbols.find(FunctionDescriptor.of(JAVA_INT, types), call.functions());
    if (plain == null) return null;
    var values = new Object[arguments.length + pointers];
    for (int i = 0; i < arguments.length; i++) values[i] = arguments[i];
    for (int i = 0; i < pointers; i++) {
      int at = call.shape().isStruct() ? 0 : call.shape().places().get(i).offset();
      values[arguments.length + i] = buffer.address() + at;
    }
    return MethodHandles.insertArguments(plain, 1, values);
  }
}
