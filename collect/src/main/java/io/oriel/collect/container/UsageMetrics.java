package io.oriel.collect.container;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tells what a container takes, in cAdvisor's names. */
final class UsageMetrics {
  /** Bytes read, bytes written, reads, writes. */
  private static final List<Metric> DISK =
      List.of(
          Metric.counter("container_fs_reads_bytes_total", "Bytes read from a disk."),
          Metric.counter("container_fs_writes_bytes_total", "Bytes written to a disk."),
          Metric.counter("container_fs_reads_total", "Reads from a disk."),
          Metric.counter("container_fs_writes_total", "Writes to a disk."));

  private static final Metric BLOCKS =
      Metric.counter("container_blkio_device_usage_total", "Bytes from and to a disk.");

  private static final Metric LAYER =
      Metric.gauge("container_fs_usage_bytes", "Bytes written into its own layer.");

  private static final List<Metric> RECEIVED = network("receive", "received");
  private static final List<Metric> SENT = network("transmit", "sent");
  private static final Metric NETWORK = RECEIVED.getFirst();

  private final Disks disks;

  UsageMetrics(Disks disks) {
    this.disks = disks;
  }

  private static List<Metric> network(String way, String word) {
    String name = "container_network_" + way;
    return List.of(
        Metric.counter(name + "_bytes_total", "Bytes " + word + "."),
        Metric.counter(name + "_packets_total", "Packets " + word + "."),
        Metric.counter(name + "_errors_total", "Packets that could not be " + word + "."),
        Metric.counter(name + "_packets_dropped_total", "Packets dropped, not " + word + "."));
  }

  static List<Metric> metrics() {
    var all = new ArrayList<Metric>();
    Arrays.stream(Figure.ALL).map(figure -> figure.metric).distinct().forEach(all::add);
    all.addAll(DISK);
    all.add(BLOCKS);
    all.add(LAYER);
    all.addAll(RECEIVED);
    all.addAll(SENT);
    return all;
  }

  void tell(Tracked one, Readings out) {
    SeriesLabels labels = one.labels();
    for (Figure figure : Figure.ALL) {
      double value = one.usage.of(figure);
      if (!Double.isNaN(value)) out.tell(figure.metric, labels.of(figure), value);
    }
    if (!one.isAlive()) return;
    tell(LAYER, labels.base, one.layerBytes, out);
    sayNoLimit(Figure.MEMORY_LIMIT, one, labels, out);
    sayNoLimit(Figure.CPU_QUOTA, one, labels, out);
    for (Usage.DiskUse each : one.usage.disks()) disk(each, labels, out);
    for (Usage.NetworkUse each : one.usage.networks()) network(each, labels, out);
    if (one.usage.networks().isEmpty() && Measuring.sharesNetwork(one)) {
      out.missing(NETWORK, labels.base, "the network is not its own");
    }
  }

  private static void sayNoLimit(Figure figure, Tracked one, SeriesLabels labels, Readings out) {
    if (!one.usage.has(figure)) out.missing(figure.metric, labels.base, "no limit");
  }

  private void disk(Usage.DiskUse disk, SeriesLabels labels, Readings out) {
    String name = disks.name(disk.numbers());
    Labels own = labels.base("device", name.isEmpty() ? disk.numbers() : name);
    tell(DISK.get(0), own, disk.readBytes(), out);
    tell(DISK.get(1), own, disk.writtenBytes(), out);
    tell(DISK.get(2), own, disk.reads(), out);
    tell(DISK.get(3), own, disk.writes(), out);
    tell(BLOCKS, labels.blocks(name, disk.numbers(), "Read"), disk.readBytes(), out);
    tell(BLOCKS, labels.blocks(name, disk.numbers(), "Write"), disk.writtenBytes(), out);
  }

  private static void tell(Metric metric, Labels labels, double value, Readings out) {
    if (!Double.isNaN(value)) out.tell(metric, labels, value);
  }

  private static void network(Usage.NetworkUse network, SeriesLabels labels, Readings out) {
    Labels own = labels.base("interface", network.name());
    for (int i = 0; i < RECEIVED.size(); i++) {
      tell(RECEIVED.get(i), own, network.received()[i], out);
      tell(SENT.get(i), own, network.sent()[i], out);
    }
  }
}
