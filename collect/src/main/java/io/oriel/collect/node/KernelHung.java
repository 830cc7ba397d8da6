package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import java.util.List;

/** Tasks that the kernel found hanging; it counts them from 6.13 on. */
final class KernelHung implements Part {
  private static final Metric TASKS =
      Metric.counter("node_kernel_hung_tasks_total", "Tasks that the kernel found hanging.");

  private final KernelFiles.KeptFile file;

  KernelHung(KernelFiles files, Roots roots) {
    this.file = files.keep(roots.proc("sys/kernel/hung_task_detect_count"));
  }

  @Override
  public String name() {
    return "kernel_hung";
  }

  @Override
  public List<Metric> metrics() {
    return List.of(TASKS);
  }

  @Override
  public void read(Readings out) throws Unreadable {
    out.tell(TASKS, file.read().firstNumber());
  }
}
