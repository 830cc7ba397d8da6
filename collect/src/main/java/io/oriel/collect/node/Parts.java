package io.oriel.collect.node;

import io.oriel.model.Clock;
import java.util.List;

/** The parts of the machine, in the order they are read. */
final class Parts {
  private Parts() {}

  static List<Part> all(KernelFiles files, Roots roots, Clock clock) {
    return List.of(
        new Cpu(files, roots),
        new MemInfo(files, roots),
        new LoadAvg(files, roots),
        new Stat(files, roots),
        new VmStat(files, roots),
        new Pressure(files, roots),
        new DiskStats(files, roots));
  }
}
