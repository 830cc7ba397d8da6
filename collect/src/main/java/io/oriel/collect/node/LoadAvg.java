package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import java.util.List;

/** How many tasks ran or waited, on average. */
final class LoadAvg implements Part {
  private static final Metric ONE = Metric.gauge("node_load1", "Load, mean over 1 minute.");
  private static final Metric FIVE = Metric.gauge("node_load5", "Load, mean over 5 minutes.");
  private static final Metric FIFTEEN = Metric.gauge("node_load15", "Load, mean over 15 minutes.");

  private final KernelFiles.KeptFile file;

  LoadAvg(KernelFiles files, Roots roots) {
    this.file = files.keep(roots.proc("loadavg"));
  }

  @Override
  public String name() {
    return "loadavg";
  }

  @Override
  public List<Metric> metrics() {
    return List.of(ONE, FIVE, FIFTEEN);
  }

  @Override
  public void read(Readings out) throws Unreadable {
    Text text = file.read();
    text.line();
    out.tell(ONE, text.decimal());
    out.tell(FIVE, text.decimal());
    out.tell(FIFTEEN, text.decimal());
  }
}
