package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.util.List;

/** For how long each CPU ran tasks and tasks waited for it, by the scheduler's own count. */
final class SchedStat implements Part {
  private static final Metric RUNNING =
      Metric.counter(
          "node_schedstat_running_seconds_total", "Seconds the CPU spent running tasks.");
  private static final Metric WAITING =
      Metric.counter("node_schedstat_waiting_seconds_total", "Seconds tasks waited for the CPU.");
  private static final Metric TIMESLICES =
      Metric.counter("node_schedstat_timeslices_total", "Time slices the CPU ran.");
  private static final double NANOS = 1e9;

  private final KernelFiles.KeptFile file;
  private final Known<Labels> cpus = new Known<>(cpu -> Labels.of("cpu", cpu));

  SchedStat(KernelFiles files, Roots roots) {
    this.file = files.keep(roots.proc("schedstat"));
  }

  @Override
  public String name() {
    return "schedstat";
  }

  @Override
  public List<Metric> metrics() {
    return List.of(RUNNING, WAITING, TIMESLICES);
  }

  @Override
  public void read(Readings out) throws Unreadable {
    Text text = file.read();
    while (text.line()) {
      if (!text.word() || !text.wordStarts("cpu")) continue;
      text.trimStart(3);
      Labels cpu = cpus.of(text);
      text.skip(6);
      out.tell(RUNNING, cpu, text.number() / NANOS);
      out.tell(WAITING, cpu, text.number() / NANOS);
      out.tell(TIMESLICES, cpu, text.number());
    }
  }
}
