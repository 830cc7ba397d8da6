package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.model.Labels;
import java.util.List;

/** How fast each CPU runs and may run. The kernel tells kHz. */
final class CpuFreq {
  private static final Metric MIN = gauge("frequency_min_hertz", "Slowest the CPU can run.");
  private static final Metric MAX = gauge("frequency_max_hertz", "Fastest the CPU can run.");
  private static final Metric NOW = gauge("scaling_frequency_hertz", "How fast the CPU runs now.");
  private static final Metric MAY_MIN =
      gauge("scaling_frequency_min_hertz", "Slowest the CPU may run.");
  private static final Metric MAY_MAX =
      gauge("scaling_frequency_max_hertz", "Fastest the CPU may run.");
  private static final Metric GOVERNOR =
      gauge("scaling_governor", "1 for the rule that chooses the speed, 0 for the others.");
  private static final double KILO = 1000;

  private CpuFreq() {}

  static Part part(KernelFiles files, Roots roots) {
    return new Scanned(
        "cpufreq",
        List.of(MIN, MAX, NOW, MAY_MIN, MAY_MAX, GOVERNOR),
        files,
        Scanned.EVERY_FEW_MINUTES,
        rows -> scan(files, roots.sys("devices/system/cpu"), rows));
  }

  private static Metric gauge(String name, String help) {
    return Metric.gauge("node_cpu_" + name, help);
  }

  private static void scan(KernelFiles files, String folder, Rows rows) {
    for (String cpu : files.list(folder)) {
      if (!cpu.matches("cpu\\d+")) continue;
      String freq = folder + "/" + cpu + "/cpufreq/";
      Labels labels = Labels.of("cpu", cpu.substring(3));
      fact(files, MIN, labels, freq + "cpuinfo_min_freq", rows);
      fact(files, MAX, labels, freq + "cpuinfo_max_freq", rows);
      fact(files, MAY_MIN, labels, freq + "scaling_min_freq", rows);
      fact(files, MAY_MAX, labels, freq + "scaling_max_freq", rows);
      if (files.tryRead(freq + "scaling_cur_freq") != null) {
        rows.live(NOW, labels, freq + "scaling_cur_freq", 1 / KILO);
      }
      governors(files, labels, freq, rows);
    }
  }

  private static void fact(
      KernelFiles files, Metric metric, Labels labels, String path, Rows rows) {
    Text text = files.tryRead(path);
    if (text != null) rows.fact(metric, labels, text.firstNumber() * KILO);
  }

  private static void governors(KernelFiles files, Labels labels, String freq, Rows rows) {
    String chosen = files.line(freq + "scaling_governor");
    String all = files.line(freq + "scaling_available_governors");
    if (chosen == null || all == null) return;
    for (String each : all.split("\\s+", -1)) {
      rows.fact(GOVERNOR, labels.with("governor", each), each.equals(chosen) ? 1 : 0);
    }
  }
}
