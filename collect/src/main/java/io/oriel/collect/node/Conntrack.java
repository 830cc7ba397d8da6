package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Connections that the firewall keeps in mind. The kernel counts by CPU; the sum is told. */
final class Conntrack implements Part {
  private static final Metric ENTRIES =
      Metric.gauge("node_nf_conntrack_entries", "Connections tracked now.");
  private static final Metric LIMIT =
      Metric.gauge("node_nf_conntrack_entries_limit", "How many connections can be tracked.");

  /** Columns of the file by their heading. They only grow, but node_exporter calls them gauges. */
  private static final Map<String, Metric> COLUMNS = new TreeMap<>();

  static {
    for (String column :
        List.of(
            "found",
            "invalid",
            "ignore",
            "insert",
            "insert_failed",
            "drop",
            "early_drop",
            "search_restart")) {
      COLUMNS.put(
          column,
          Metric.gauge(
              "node_nf_conntrack_stat_" + column,
              "Connection tracking since boot, column " + column + " of nf_conntrack."));
    }
  }

  private final KernelFiles.KeptFile count;
  private final KernelFiles.KeptFile max;
  private final KernelFiles.KeptFile stat;
  private final Known<Metric> columns =
      new Known<>(name -> COLUMNS.getOrDefault(name, Untold.NONE));
  private final Metric[] headings = new Metric[32];
  private final long[] sums = new long[32];

  Conntrack(KernelFiles files, Roots roots) {
    this.count = files.keep(roots.proc("sys/net/netfilter/nf_conntrack_count"));
    this.max = files.keep(roots.proc("sys/net/netfilter/nf_conntrack_max"));
    this.stat = files.keep(roots.proc("net/stat/nf_conntrack"));
  }

  @Override
  public String name() {
    return "conntrack";
  }

  @Override
  public List<Metric> metrics() {
    var metrics = new ArrayList<>(COLUMNS.values());
    metrics.addAll(List.of(ENTRIES, LIMIT));
    return metrics;
  }

  @Override
  public void read(Readings out) throws Unreadable {
    out.tell(ENTRIES, count.read().firstNumber());
    out.tell(LIMIT, max.read().firstNumber());
    Text text = stat.read();
    text.line();
    int width = 0;
    while (width < headings.length && text.word()) headings[width++] = columns.of(text);
    Arrays.fill(sums, 0);
    while (text.line()) {
      for (int i = 0; i < width; i++) sums[i] += text.hex();
    }
    for (int i = 0; i < width; i++) {
      if (Untold.isTold(headings[i])) out.tell(headings[i], sums[i]);
    }
  }
}
