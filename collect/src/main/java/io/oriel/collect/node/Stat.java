package io.oriel.collect.node;

import io.oriel.collect.Metric;
import java.util.List;
import java.util.Map;

/** What the kernel counts since boot: interrupts, context switches, forks; and when boot was. */
final class Stat {
  private static final Map<String, Metric> FIELDS =
      Map.of(
          "intr", Metric.counter("node_intr_total", "Interrupts served."),
          "ctxt", Metric.counter("node_context_switches_total", "Context switches."),
          "btime",
              Metric.gauge(
                  "node_boot_time_seconds", "When the machine booted, in seconds since 1970."),
          "processes", Metric.counter("node_forks_total", "Processes and threads made."),
          "procs_running", Metric.gauge("node_procs_running", "Tasks that can run now."),
          "procs_blocked", Metric.gauge("node_procs_blocked", "Tasks that wait for a disk now."));

  private Stat() {}

  static Part part(KernelFiles files, Roots roots) {
    return new FieldFile(
        "stat",
        List.copyOf(FIELDS.values()),
        files.keep(roots.proc("stat")),
        (field, _) -> FIELDS.getOrDefault(field, Untold.NONE));
  }
}
