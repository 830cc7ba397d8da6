package io.oriel.collect.node;

import io.oriel.collect.Metric;
import java.util.List;

/** Paging since boot: only the fields that node_exporter tells by default. */
final class VmStat {
  private VmStat() {}

  static Part part(KernelFiles files, Roots roots) {
    return new FieldFile("vmstat", List.of(), files.keep(roots.proc("vmstat")), VmStat::row);
  }

  private static Metric row(String field, boolean inBytes) {
    boolean told =
        field.startsWith("oom_kill")
            || field.startsWith("pgpg")
            || field.startsWith("pswp")
            || (field.startsWith("pg") && field.contains("fault"));
    if (!told) return Untold.NONE;
    return Metric.untyped(
        "node_vmstat_" + field, "Paging since boot, field " + field + " of vmstat.");
  }
}
