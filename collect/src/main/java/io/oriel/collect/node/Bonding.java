package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.model.Labels;
import java.util.List;

/** Lines that are joined to one: how many there are and how many work. */
final class Bonding {
  private static final Metric LINES =
      Metric.gauge("node_bonding_slaves", "Lines that the bond joins.");
  private static final Metric ACTIVE =
      Metric.gauge("node_bonding_active", "Lines of the bond that work.");

  private Bonding() {}

  static Part part(KernelFiles files, Roots roots) {
    return new Scanned(
        "bonding",
        List.of(LINES, ACTIVE),
        files,
        Scanned.EACH_ROUND,
        rows -> scan(files, roots.sys("class/net"), rows));
  }

  private static void scan(KernelFiles files, String folder, Rows rows) throws Unreadable {
    String masters = files.line(folder + "/bonding_masters");
    if (masters == null) throw Unreadable.nothingHere("no bonds");
    for (String master : masters.split("\\s+", -1)) {
      if (master.isEmpty()) continue;
      String bond = folder + "/" + master;
      String lines = files.line(bond + "/bonding/slaves");
      if (lines == null) continue;
      int count = 0;
      int active = 0;
      for (String line : lines.split("\\s+", -1)) {
        if (line.isEmpty()) continue;
        count++;
        if (isUp(files, bond, line)) active++;
      }
      Labels labels = Labels.of("master", master);
      rows.fact(LINES, labels, count);
      rows.fact(ACTIVE, labels, active);
    }
  }

  private static boolean isUp(KernelFiles files, String bond, String line) {
    String status = files.line(bond + "/lower_" + line + "/bonding_slave/mii_status");
    if (status == null) status = files.line(bond + "/slave_" + line + "/bonding_slave/mii_status");
    return "up".equals(status);
  }
}
