package io.oriel.collect.node;

import io.oriel.collect.node.KernelFiles.HeldFile;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The processes of one walk as columns, in the kernel's order: by rising number. */
final class ProcessList {
  int size;
  int[] pids = new int[256];
  byte[] states = new byte[256];
  int[] threads = new int[256];
  long[] startTicks = new long[256];
  long[] cpuTicks = new long[256];
  long[] residentPages = new long[256];
  String[] names = new String[256];
  @Nullable ProcessGroup[] groups = new ProcessGroup[256];
  HeldFile[] files = new HeldFile[256]; // each process' stat

  void clear() {
    size = 0;
  }

  /** Makes room for one more, whose columns the caller fills. */
  int add() {
    if (size == pids.length) grow(size * 2);
    groups[size] = null;
    return size++;
  }

  private void grow(int capacity) {
    pids = Arrays.copyOf(pids, capacity);
    states = Arrays.copyOf(states, capacity);
    threads = Arrays.copyOf(threads, capacity);
    startTicks = Arrays.copyOf(startTicks, capacity);
    cpuTicks = Arrays.copyOf(cpuTicks, capacity);
    residentPages = Arrays.copyOf(residentPages, capacity);
    names = Arrays.copyOf(names, capacity);
    groups = Arrays.copyOf(groups, capacity);
    files = Arrays.copyOf(files, capacity);
  }
}
