package io.oriel.collect.node;

import io.oriel.collect.Collector;
import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The machine itself: CPU, memory, disks, network, sensors, processes, in node_exporter's names.
 *
 * <p>What it costs: one thread, some forty open files and one a process or device (at most 512 of
 * those), no garbage to speak of once every series is known. Files are opened on the first round,
 * by the thread that reads them.
 */
public final class NodeCollector implements Collector {
  private static final Metric SUCCESS =
      Metric.gauge("node_scrape_collector_success", "1 when this part of the machine was read.");
  private static final Metric DURATION =
      Metric.gauge("node_scrape_collector_duration_seconds", "How long reading this part took.");

  private record Row(Part part, Labels labels) {}

  private final Roots roots;
  private final Clock clock;
  private final @Nullable Path textFiles;
  private @Nullable KernelFiles files;
  private List<Row> rows = List.of();

  /** Reads this machine. */
  public NodeCollector(Clock clock) {
    this(Roots.HOST, clock, null);
  }

  /**
   * Reads a machine whose file systems may be mounted elsewhere, as in a container.
   *
   * @param textFiles the folder of the {@code *.prom} files that are told too; null for none
   */
  public NodeCollector(Roots roots, Clock clock, @Nullable Path textFiles) {
    this.roots = roots;
    this.clock = clock;
    this.textFiles = textFiles;
  }

  @Override
  public String name() {
    return "node";
  }

  @Override
  public String where() {
    return roots.proc() + " and " + roots.sys();
  }

  @Override
  public List<Metric> metrics() {
    try (var own = new KernelFiles()) {
      var metrics = new ArrayList<>(List.of(SUCCESS, DURATION));
      for (Part part : Parts.all(own, roots, textFiles, clock)) metrics.addAll(part.metrics());
      return metrics;
    }
  }

  @Override
  public void collect(Readings out) {
    KernelFiles open = files == null ? open() : files;
    open.beginRound();
    for (int i = 0; i < rows.size(); i++) read(rows.get(i), out);
  }

  private KernelFiles open() {
    var opened = new KernelFiles();
    files = opened;
    rows =
        Parts.all(opened, roots, textFiles, clock).stream()
            .map(part -> new Row(part, Labels.of("collector", part.name())))
            .toList();
    return opened;
  }

  private void read(Row row, Readings out) {
    long began = clock.nanos();
    boolean good = true;
    try {
      row.part.read(out);
    } catch (Unreadable e) {
      good = false;
      if (!e.isNothingHere()) out.failed(row.part.name(), e.reason());
    }
    out.tell(DURATION, row.labels, (clock.nanos() - began) / 1e9);
    out.tell(SUCCESS, row.labels, good ? 1 : 0);
  }

  @Override
  public void close() {
    if (files == null) return;
    files.close();
    files = null;
    rows = List.of();
  }
}
