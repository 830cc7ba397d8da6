package io.oriel.collect.node;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A path as the kernel takes it, made once for a file that is read each round. */
record NativePath(MemorySegment bytes) {
  static NativePath of(String path) {
    return new NativePath(Arena.ofAuto().allocateFrom(path));
  }

  long address() {
    return bytes.address();
  }
}
