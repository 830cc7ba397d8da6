package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What each disk did since boot. Whole disks only; a sector of this file is always 512 bytes. */
final class DiskStats implements Part {
  /** The columns behind the name, in the kernel's order, each with the factor to its unit. */
  private record Column(Metric metric, double divisor, double factor) {}

  private static final List<Column> COLUMNS =
      List.of(
          counter("reads_completed_total", "Reads completed.", 1, 1),
          counter("reads_merged_total", "Reads merged with a neighbour.", 1, 1),
          counter("read_bytes_total", "Bytes read.", 1, 512),
          counter("read_time_seconds_total", "Seconds spent by all reads.", 1000, 1),
          counter("writes_completed_total", "Writes completed.", 1, 1),
          counter("writes_merged_total", "Writes merged with a neighbour.", 1, 1),
          counter("written_bytes_total", "Bytes written.", 1, 512),
          counter("write_time_seconds_total", "Seconds spent by all writes.", 1000, 1),
          new Column(Metric.gauge("node_disk_io_now", "Requests under way."), 1, 1),
          counter("io_time_seconds_total", "Seconds in which the disk was busy.", 1000, 1),
          counter(
              "io_time_weighted_seconds_total", "Seconds waited, all requests summed.", 1000, 1),
          counter("discards_completed_total", "Discards completed.", 1, 1),
          counter("discards_merged_total", "Discards merged with a neighbour.", 1, 1),
          counter("discarded_sectors_total", "Sectors discarded.", 1, 1),
          counter("discard_time_seconds_total", "Seconds spent by all discards.", 1000, 1),
          counter("flush_requests_total", "Flushes completed.", 1, 1),
          counter("flush_requests_time_seconds_total", "Seconds spent by all flushes.", 1000, 1));

  // node_exporter's default: partitions, loop and RAM disks are out
  private static final Pattern LEFT_OUT =
      Pattern.compile("(z?ram|loop|fd|(h|s|v|xv)d[a-z]|nvme\\d+n\\d+p)\\d+");

  private static final class Disk {
    final String name;
    final Labels labels;
    final boolean told;
    Labels facts = Labels.EMPTY;

    Disk(String name) {
      this.name = name;
      this.labels = Labels.of("device", name);
      this.told = !LEFT_OUT.matcher(name).matches();
    }
  }

  private final KernelFiles files;
  private final Roots roots;
  private final KernelFiles.KeptFile file;
  private final Known<Disk> known = new Known<>(Disk::new);
  private final List<Disk> found = new ArrayList<>();

  DiskStats(KernelFiles files, Roots roots) {
    this.files = files;
    this.roots = roots;
    this.file = files.keep(roots.proc("diskstats"));
  }

  private static Column counter(String name, String help, double divisor, double factor) {
    return new Column(Metric.counter("node_disk_" + name, help), divisor, factor);
  }

  @Override
  public String name() {
    return "diskstats";
  }

  @Override
  public List<Metric> metrics() {
    var metrics = new ArrayList<>(COLUMNS.stream().map(Column::metric).toList());
    metrics.add(DiskFacts.INFO);
    return metrics;
  }

  @Override
  public void read(Readings out) throws Unreadable {
    Text text = file.read();
    found.clear();
    while (text.line()) {
      text.skip(2); // major and minor
      if (!text.word()) continue;
      Disk disk = known.of(text);
      if (!disk.told) continue;
      found.add(disk);
      for (int i = 0; i < COLUMNS.size() && text.word(); i++) { // old kernels have fewer
        Column column = COLUMNS.get(i);
        double value = text.wordUnsigned() * column.factor / column.divisor;
        out.tell(column.metric, disk.labels, value);
      }
    }
    for (int i = 0; i < found.size(); i++) tellFacts(found.get(i), out);
  }

  private void tellFacts(Disk disk, Readings out) {
    if (disk.facts.isEmpty()) disk.facts = DiskFacts.labels(disk.name, files, roots);
    out.tell(DiskFacts.INFO, disk.facts, 1);
  }
}
