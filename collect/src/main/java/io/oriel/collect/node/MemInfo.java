package io.oriel.collect.node;

import io.oriel.collect.Metric;
import java.util.List;

/** Memory by what it is used for; the kernel names the fields, those in kB become bytes. */
final class MemInfo {
  private MemInfo() {}

  static Part part(KernelFiles files, Roots roots) {
    return new FieldFile("meminfo", List.of(), files.keep(roots.proc("meminfo")), MemInfo::row);
  }

  /** {@code Active(anon)} becomes {@code Active_anon}. */
  private static Metric row(String field, boolean inBytes) {
    String name = field.replace('(', '_').replace(")", "") + (inBytes ? "_bytes" : "");
    return Metric.gauge("node_memory_" + name, "Memory, field " + field + " of meminfo.");
  }
}
