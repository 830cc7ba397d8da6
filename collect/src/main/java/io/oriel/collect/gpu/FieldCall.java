package io.oriel.collect.gpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** {@code nvmlDeviceGetFieldValues}: many quantities by number in one call. */
final class FieldCall {
  private static final int BYTES = 40; // nvmlFieldValue_t
  private static final int SCOPE = 4;
  private static final int TYPE = 24;
  private static final int CODE = 28;
  private static final int VALUE = 32;
  private static final int MOST = 64;

  private final @Nullable MethodHandle function;
  private final MemorySegment values;

  FieldCall(Symbols symbols, Arena arena) {
    this.values = arena.allocate((long) MOST * BYTES, Long.BYTES);
    this.function =
        symbols.find(
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG),
            "nvmlDeviceGetFieldValues");
  }

  void ask(long device, Asked asked) throws NvmlException {
    assert asked.size() <= MOST : asked.size();
    if (function == null) throw NvmlException.of(NvmlReturn.FUNCTION_NOT_FOUND);
    values.fill((byte) 0);
    for (int i = 0; i < asked.size(); i++) {
      values.set(JAVA_INT, (long) i * BYTES, asked.id(i));
      values.set(JAVA_INT, (long) i * BYTES + SCOPE, asked.scope(i));
    }
    int code = invoke(function, device, asked.size());
    if (code != 0) throw NvmlException.of(code);
    for (int i = 0; i < asked.size(); i++) read(asked, i);
  }

  private int invoke(MethodHandle handle, long device, int size) {
    try {
      return (int) handle.invokeExact(device, size, values.address());
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  private void read(Asked asked, int i) {
    long at = (long) i * BYTES;
    int code = values.get(JAVA_INT, at + CODE);
    if (code != 0) {
      asked.refuse(i, code);
      return;
    }
    long from = at + VALUE;
    switch (values.get(JAVA_INT, at + TYPE)) { // nvmlValueType_t
      case 0 -> asked.answer(i, values.get(JAVA_DOUBLE, from));
      case 1 -> asked.answer(i, (double) Integer.toUnsignedLong(values.get(JAVA_INT, from)));
      case 2, 3, 4 -> asked.answer(i, (double) values.get(JAVA_LONG, from));
      case 5 -> asked.answer(i, values.get(JAVA_INT, from));
      case 6 -> asked.answer(i, Short.toUnsignedInt(values.get(JAVA_SHORT, from)));
      default -> asked.refuse(i, NvmlReturn.UNKNOWN.code()); // a type of drivers to come
    }
  }
}
