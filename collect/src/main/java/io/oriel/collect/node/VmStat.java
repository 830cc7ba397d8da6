package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import java.util.List;

/** Paging since boot: only the fields that node_exporter tells by default. */
final class VmStat implements Part {

  private final KernelFiles.KeptFile file;
  private final Known<Metric> fields = new Known<>(VmStat::metric);

  VmStat(KernelFiles files, Roots roots) {
    this.file = files.keep(roots.proc("vmstat"));
  }

  private static Metric metric(String field) {
    boolean told =
        field.startsWith("oom_kill")
            || field.startsWith("pgpg")
            || field.startsWith("pswp")
            || (field.startsWith("pg") && field.contains("fault"));
    if (!told) return Untold.NONE;
    return Metric.untyped(
        "node_vmstat_" + field, "Paging since boot, field " + field + " of vmstat.");
  }

  @Override
  public String name() {
    return "vmstat";
  }

  @Override
  public List<Metric> metrics() {
    return List.of();
  }

  @Override
  public void read(Readings out) throws Unreadable {
    Text text = file.read();
    while (text.line()) {
      text.word();
      Metric metric = fields.of(text);
      if (!Untold.isTold(metric)) continue;
      text.word();
      out.tell(metric, text.wordUnsigned());
    }
  }
}
