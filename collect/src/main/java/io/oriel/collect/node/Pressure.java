package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import java.util.List;

/**
 * Pressure stall information: for how long some task (waiting) or all tasks (stalled) stood still
 * for want of CPU, disk or memory. Kernels from 4.20; irq from 6.1.
 */
final class Pressure implements Part {
  private static final double MICROS = 1e6;

  /**
   * A resource and what is told of it; the kernel's figure for all tasks makes no sense for CPU.
   */
  private record Resource(Metric waiting, Metric stalled, KernelFiles.KeptFile file) {}

  private static final Metric CPU = waiting("cpu", "a CPU");
  private static final Metric IO = waiting("io", "a disk");
  private static final Metric IO_ALL = stalled("io", "a disk");
  private static final Metric MEMORY = waiting("memory", "memory");
  private static final Metric MEMORY_ALL = stalled("memory", "memory");
  private static final Metric IRQ_ALL = stalled("irq", "interrupts to end");

  private final List<Resource> resources;

  Pressure(KernelFiles files, Roots roots) {
    this.resources =
        List.of(
            new Resource(CPU, Untold.NONE, files.keep(roots.proc("pressure/cpu"))),
            new Resource(IO, IO_ALL, files.keep(roots.proc("pressure/io"))),
            new Resource(MEMORY, MEMORY_ALL, files.keep(roots.proc("pressure/memory"))),
            new Resource(Untold.NONE, IRQ_ALL, files.keep(roots.proc("pressure/irq"))));
  }

  private static Metric waiting(String resource, String what) {
    return Metric.counter(
        "node_pressure_" + resource + "_waiting_seconds_total",
        "Seconds in which some task waited for " + what + ".");
  }

  private static Metric stalled(String resource, String what) {
    return Metric.counter(
        "node_pressure_" + resource + "_stalled_seconds_total",
        "Seconds in which every task waited for " + what + ".");
  }

  @Override
  public String name() {
    return "pressure";
  }

  @Override
  public List<Metric> metrics() {
    return List.of(CPU, IO, IO_ALL, MEMORY, MEMORY_ALL, IRQ_ALL);
  }

  @Override
  public void read(Readings out) throws Unreadable {
    boolean any = false;
    for (int i = 0; i < resources.size(); i++) {
      Resource resource = resources.get(i);
      Text text = resource.file.tryRead();
      if (text == null) continue;
      any = true;
      while (text.line()) tell(resource, text, out);
    }
    if (!any)
      throw Unreadable.nothingHere("no /proc/pressure: the kernel was started without psi=1");
  }

  private static void tell(Resource resource, Text text, Readings out) {
    text.word();
    Metric metric =
        text.wordIs("some")
            ? resource.waiting
            : text.wordIs("full") ? resource.stalled : Untold.NONE;
    if (!Untold.isTold(metric)) return;
    text.upTo('='); // of avg10
    text.skip(3); // its value, avg60=..., avg300=...
    text.upTo('=');
    out.tell(metric, text.number() / MICROS);
  }
}
