package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import java.util.List;

/** Memory by what it is used for; the kernel names the fields, those in kB become bytes. */
final class MemInfo implements Part {
  private final KernelFiles.KeptFile file;
  private final Known<Metric> bytes = new Known<>(field -> metric(field, "_bytes"));
  private final Known<Metric> pages = new Known<>(field -> metric(field, ""));

  MemInfo(KernelFiles files, Roots roots) {
    this.file = files.keep(roots.proc("meminfo"));
  }

  /** {@code Active(anon)} becomes {@code Active_anon}. */
  private static Metric metric(String field, String unit) {
    String name = field.replace('(', '_').replace(")", "");
    return Metric.gauge("node_memory_" + name + unit, "Memory, field " + field + " of meminfo.");
  }

  @Override
  public String name() {
    return "meminfo";
  }

  @Override
  public List<Metric> metrics() {
    return List.of();
  }

  @Override
  public void read(Readings out) throws Unreadable {
    Text text = file.read();
    while (text.line()) {
      if (!text.upTo(':')) continue;
      Metric inBytes = bytes.of(text);
      Metric inPages = pages.of(text);
      long value = text.number();
      if (text.word()) out.tell(inBytes, value * 1024);
      else out.tell(inPages, value);
    }
  }
}
