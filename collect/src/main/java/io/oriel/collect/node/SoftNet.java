package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.List;

/**
 * How each CPU gets on with incoming packets. The file's columns are hexadecimal, without heads.
 */
final class SoftNet implements Part {
  /** A column by its number from 0. */
  private record Column(int at, Metric metric) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column(0, counter("processed", "Packets worked off.")),
          new Column(1, counter("dropped", "Packets dropped because the queue was full.")),
          new Column(2, counter("times_squeezed", "How often work was left when time was up.")),
          new Column(8, counter("cpu_collision", "How often a device was locked while sending.")),
          new Column(9, counter("received_rps", "How often another CPU asked for help.")),
          new Column(10, counter("flow_limit_count", "How often the limit of a flow was hit.")),
          new Column(
              11, Metric.gauge("node_softnet_backlog_len", "Packets that wait in the queue now.")));
  private static final int CPU = 12; // the CPU's number, since Linux 5.10

  private final KernelFiles.KeptFile file;
  private final List<Labels> cpus = new ArrayList<>();
  private final long[] values = new long[CPU + 1];

  SoftNet(KernelFiles files, Roots roots) {
    this.file = files.keep(roots.proc("net/softnet_stat"));
  }

  private static Metric counter(String what, String help) {
    return Metric.counter("node_softnet_" + what + "_total", help);
  }

  @Override
  public String name() {
    return "softnet";
  }

  @Override
  public List<Metric> metrics() {
    return COLUMNS.stream().map(Column::metric).toList();
  }

  @Override
  public void read(Readings out) throws Unreadable {
    Text text = file.read();
    for (int line = 0; text.line(); line++) {
      int width = 0;
      while (width < values.length && text.word()) {
        values[width++] = text.wordHex(0, text.wordLength());
      }
      Labels cpu = cpu(width > CPU ? (int) values[CPU] : line);
      for (int i = 0; i < COLUMNS.size(); i++) {
        Column column = COLUMNS.get(i);
        if (column.at < width) out.tell(column.metric, cpu, values[column.at]);
      }
    }
  }

  private Labels cpu(int number) {
    while (cpus.size() <= number) cpus.add(Labels.of("cpu", "" + cpus.size()));
    return cpus.get(number);
  }
}
