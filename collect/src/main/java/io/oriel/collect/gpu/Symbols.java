package io.oriel.collect.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A library of the system and its functions. Addresses and handles travel as long, so that a call
 * allocates nothing.
 */
final class Symbols {
  private static final Linker LINKER = Linker.nativeLinker();

  private final SymbolLookup library;
  private final String name;

  private Symbols(SymbolLookup library, String name) {
    this.library = library;
    this.name = name;
  }

  /** The first of these that can be loaded; null when none can. It is unloaded with the arena. */
  @SuppressWarnings("restricted") // this class is the one door into native code here
  static @Nullable Symbols open(List<String> names, Arena arena) {
    for (String name : names) {
      try {
        return new Symbols(SymbolLookup.libraryLookup(name, arena), name);
      } catch (IllegalArgumentException _) {
        // not there, or not a library for this machine
      }
    }
    return null;
  }

  String name() {
    return name;
  }

  /** A function by the first of its names that the library has; null when it has none. */
  @SuppressWarnings("restricted")
  @Nullable MethodHandle find(FunctionDescriptor shape, List<String> names) {
    for (String each : names) {
      Optional<MemorySegment> found = library.find(each);
      if (found.isPresent()) return LINKER.downcallHandle(found.get(), shape);
    }
    return null;
  }

  @Nullable MethodHandle find(FunctionDescriptor shape, String... names) {
    return find(shape, List.of(names));
  }

  boolean has(String function) {
    return library.find(function).isPresent();
  }

  /** A call into the library can't throw; if it does, the descriptor above it is wrong. */
  static IllegalStateException broken(Throwable e) {
    return new IllegalStateException("a call into NVML failed", e);
  }
}
