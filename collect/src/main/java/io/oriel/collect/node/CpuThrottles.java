package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.node.KernelFiles.HeldFile;
import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How often heat slowed a core or a package down: one series each, not one a hyper-thread. */
final class CpuThrottles {
  static final Metric CORE =
      Metric.counter("node_cpu_core_throttles_total", "How often heat slowed this core down.");
  static final Metric PACKAGE =
      Metric.counter(
          "node_cpu_package_throttles_total", "How often heat slowed this package down.");

  private record Count(Metric metric, Labels labels, NativePath path, HeldFile file) {}

  private final KernelFiles files;
  private final List<Count> counts = new ArrayList<>();

  CpuThrottles(KernelFiles files, Roots roots) {
    this.files = files;
    var seen = new HashSet<Labels>();
    String folder = roots.sys("devices/system/cpu");
    for (String cpu : files.list(folder)) {
      if (!cpu.matches("cpu\\d+")) continue;
      String core = files.line(folder + "/" + cpu + "/topology/core_id");
      String pack = files.line(folder + "/" + cpu + "/topology/physical_package_id");
      if (core == null || pack == null) continue;
      String counter = folder + "/" + cpu + "/thermal_throttle/";
      add(CORE, Labels.of("package", pack, "core", core), counter + "core_throttle_count", seen);
      add(PACKAGE, Labels.of("package", pack), counter + "package_throttle_count", seen);
    }
  }

  private void add(Metric metric, Labels labels, String path, Set<Labels> seen) {
    if (files.tryRead(path) == null || !seen.add(labels)) return;
    counts.add(new Count(metric, labels, NativePath.of(path), new HeldFile()));
  }

  void tell(Readings out) {
    for (int i = 0; i < counts.size(); i++) {
      Count count = counts.get(i);
      Text text = files.tryReadPiece(count.path, count.file);
      if (text != null) out.tell(count.metric, count.labels, text.firstNumber());
    }
  }
}
