package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import java.util.List;

/**
 * A file of lines {@code field number}: meminfo, vmstat, stat. The kernel names the fields; a table
 * says which of them are told, and as what.
 */
final class FieldFile implements Part {
  private static final double KIB = 1024;

  /** What a field is told as; {@link Untold#NONE} for one that is passed over. */
  @FunctionalInterface
  interface Table {
    Metric row(String field, boolean inBytes);
  }

  private final String name;
  private final List<Metric> metrics;
  private final KernelFiles.KeptFile file;
  private final Known<Metric> counts;
  private final Known<Metric> bytes;

  /**
   * @param metrics those whose names don't come from the kernel
   */
  FieldFile(String name, List<Metric> metrics, KernelFiles.KeptFile file, Table table) {
    this.name = name;
    this.metrics = metrics;
    this.file = file;
    this.counts = new Known<>(field -> table.row(field, false));
    this.bytes = new Known<>(field -> table.row(field, true));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Metric> metrics() {
    return metrics;
  }

  @Override
  public void read(Readings out) throws Unreadable {
    Text text = file.read();
    while (text.line()) {
      boolean inBytes = text.lineEnds(" kB");
      if (!text.word()) continue;
      text.trimEnd(':');
      Metric metric = (inBytes ? bytes : counts).of(text);
      if (!Untold.isTold(metric) || !text.word()) continue;
      out.tell(metric, text.wordUnsigned() * (inBytes ? KIB : 1));
    }
  }
}
