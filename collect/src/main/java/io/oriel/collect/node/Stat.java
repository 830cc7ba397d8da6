package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import java.util.List;
import java.util.Map;

/** What the kernel counts since boot: interrupts, context switches, forks; and when boot was. */
final class Stat implements Part {
  private static final Map<String, Metric> LINES =
      Map.of(
          "intr", Metric.counter("node_intr_total", "Interrupts served."),
          "ctxt", Metric.counter("node_context_switches_total", "Context switches."),
          "btime",
              Metric.gauge(
                  "node_boot_time_seconds", "When the machine booted, in seconds since 1970."),
          "processes", Metric.counter("node_forks_total", "Processes and threads made."),
          "procs_running", Metric.gauge("node_procs_running", "Tasks that can run now."),
          "procs_blocked", Metric.gauge("node_procs_blocked", "Tasks that wait for a disk now."));

  private final KernelFiles.KeptFile file;
  private final Known<Metric> lines = new Known<>(word -> LINES.getOrDefault(word, Untold.NONE));

  Stat(KernelFiles files, Roots roots) {
    this.file = files.keep(roots.proc("stat"));
  }

  @Override
  public String name() {
    return "stat";
  }

  @Override
  public List<Metric> metrics() {
    return List.copyOf(LINES.values());
  }

  @Override
  public void read(Readings out) throws Unreadable {
    Text text = file.read();
    while (text.line()) {
      if (!text.word() || text.wordStarts("cpu")) continue;
      Metric metric = lines.of(text);
      if (Untold.isTold(metric)) out.tell(metric, text.number());
    }
  }
}
