package io.oriel.collect.container;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.node.Roots;
import io.oriel.model.Labels;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells the machine below the containers, in cAdvisor's names: what shares are taken of. */
final class Machine {
  private static final Metric CORES =
      Metric.gauge("machine_cpu_cores", "Logical CPUs of the machine.");
  private static final Metric PHYSICAL =
      Metric.gauge("machine_cpu_physical_cores", "CPU cores of the machine.");
  private static final Metric SOCKETS =
      Metric.gauge("machine_cpu_sockets", "CPU sockets of the machine.");
  private static final Metric MEMORY =
      Metric.gauge("machine_memory_bytes", "Memory of the machine.");
  private static final Metric SWAP = Metric.gauge("machine_swap_bytes", "Swap of the machine.");
  static final List<Metric> ALL = List.of(CORES, PHYSICAL, SOCKETS, MEMORY, SWAP);

  private static final double KIB = 1024;

  private final Roots roots;
  private final KernelText text;
  private @Nullable Labels labels;
  private int cores;
  private int physical;
  private int sockets;

  Machine(Roots roots, KernelText text) {
    this.roots = roots;
    this.text = text;
  }

  void tell(Readings out) {
    Labels own = labels;
    if (own == null) {
      own = ids();
      labels = own;
      count();
    }
    if (cores > 0) out.tell(CORES, own, cores);
    if (physical > 0) out.tell(PHYSICAL, own, physical);
    if (sockets > 0) out.tell(SOCKETS, own, sockets);
    if (!text.read(roots.proc().resolve("meminfo").toString())) return;
    while (text.line()) {
      String[] words = text.words();
      if (words.length < 2) continue;
      if (words[0].equals("MemTotal:")) out.tell(MEMORY, own, kib(words[1]));
      if (words[0].equals("SwapTotal:")) out.tell(SWAP, own, kib(words[1]));
    }
  }

  private static double kib(String word) {
    try {
      return Long.parseLong(word) * KIB;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private Labels ids() {
    return Labels.builder()
        .set("machine_id", line(roots.root().resolve("etc/machine-id").toString()))
        .set("system_uuid", line(roots.sys().resolve("class/dmi/id/product_uuid").toString()))
        .set("boot_id", line(roots.proc().resolve("sys/kernel/random/boot_id").toString()))
        .build();
  }

  private String line(String path) {
    return text.read(path) ? text.all() : "";
  }

  /** CPUs don't come and go under containers: counted once. */
  private void count() {
    if (!text.read(roots.proc().resolve("cpuinfo").toString())) return;
    Set<String> seenSockets = new HashSet<>();
    Set<String> seenCores = new HashSet<>();
    String socket = "";
    for (String line : text.all().split("\n", -1)) {
      int colon = line.indexOf(':');
      if (colon < 0) continue;
      String value = line.substring(colon + 1).strip();
      switch (line.substring(0, colon).strip()) {
        case "processor" -> cores++;
        case "physical id" -> {
          socket = value;
          seenSockets.add(value);
        }
        case "core id" -> seenCores.add(socket + "/" + value);
        default -> {} // what it is and can do
      }
    }
    sockets = seenSockets.size();
    physical = seenCores.size();
  }
}
