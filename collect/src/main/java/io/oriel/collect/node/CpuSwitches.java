package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which CPUs are switched on and which are isolated, from the kernel's two lists of ranges. */
final class CpuSwitches {
  static final Metric ONLINE =
      Metric.gauge(
          "node_cpu_online", "1 when the CPU is switched on; only of CPUs that can be off.");
  static final Metric ISOLATED =
      Metric.gauge("node_cpu_isolated", "1 for each CPU that the scheduler leaves alone.");

  private record Switch(int cpu, Labels labels) {}

  private final KernelFiles.KeptFile online;
  private final List<Switch> switches = new ArrayList<>();
  private final List<Labels> isolated = new ArrayList<>(); // decided when the machine boots
  private final BitSet on = new BitSet();

  CpuSwitches(KernelFiles files, Roots roots) {
    String folder = roots.sys("devices/system/cpu/");
    this.online = files.keep(folder + "/online");
    for (String name : files.list(folder)) {
      if (!name.matches("cpu\\d+")) continue;
      if (files.tryRead(folder + "/" + name + "/online") == null) continue;
      int cpu = Integer.parseInt(name.substring(3));
      switches.add(new Switch(cpu, Labels.of("cpu", "" + cpu)));
    }
    var alone = new BitSet();
    ranges(files.line(folder + "/isolated"), alone);
    alone.stream().forEach(cpu -> isolated.add(Labels.of("cpu", "" + cpu)));
  }

  void tell(Readings out) {
    for (int i = 0; i < isolated.size(); i++) out.tell(ISOLATED, isolated.get(i), 1);
    if (switches.isEmpty()) return;
    Text text = online.tryRead();
    if (text == null) return;
    ranges(text.all(), on);
    for (int i = 0; i < switches.size(); i++) {
      Switch each = switches.get(i);
      out.tell(ONLINE, each.labels, on.get(each.cpu) ? 1 : 0);
    }
  }

  /** {@code 0-3,8} as bits. */
  static void ranges(@Nullable String list, BitSet into) {
    into.clear();
    if (list == null || list.isBlank()) return;
    for (String range : list.split(",", -1)) {
      int dash = range.indexOf('-');
      int from = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
      int to = dash < 0 ? from : Integer.parseInt(range.substring(dash + 1));
      into.set(from, to + 1);
    }
  }
}
