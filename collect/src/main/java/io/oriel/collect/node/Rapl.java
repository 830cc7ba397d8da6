package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.model.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Energy that CPU packages and memory have used. Since 2020 only root may read it. */
final class Rapl {
  private static final Pattern NUMBERED = Pattern.compile("(.+)-(\\d+)");
  private static final double MICRO = 1e6;

  private Rapl() {}

  static Part part(KernelFiles files, Roots roots) {
    return new Scanned(
        "rapl",
        List.of(metric("package"), metric("core"), metric("dram"), metric("uncore")),
        files,
        Scanned.EVERY_FEW_MINUTES,
        rows -> scan(files, roots.sys("class/powercap"), rows));
  }

  private static Metric metric(String zone) {
    return Metric.counter(
        "node_rapl_" + HwMon.clean(zone).replace(':', '_') + "_joules_total",
        "Energy that zone " + zone + " has used, in joules.");
  }

  private static void scan(KernelFiles files, String folder, Rows rows) throws Unreadable {
    Map<String, Integer> seen = new HashMap<>();
    boolean any = false;
    for (String zone : files.list(folder)) {
      String path = folder + "/" + zone;
      String name = files.line(path + "/name");
      if (!zone.startsWith("intel-rapl:") || name == null) continue;
      any = true;
      if (files.tryRead(path + "/energy_uj") == null) {
        throw Unreadable.of(path + "/energy_uj", files.lastErrno());
      }
      Matcher numbered = NUMBERED.matcher(name);
      String plain = numbered.matches() ? numbered.group(1) : name;
      int next = seen.merge(plain, 1, Integer::sum) - 1;
      String index = numbered.matches() ? numbered.group(2) : "" + next;
      Labels labels = Labels.of("index", index, "path", path);
      rows.live(metric(plain), labels, path + "/energy_uj", MICRO);
    }
    if (!any) throw Unreadable.nothingHere("no energy counters under " + folder);
  }
}
