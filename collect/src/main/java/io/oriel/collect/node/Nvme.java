package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.model.Labels;
import java.util.List;

/** NVMe drives: what they are and whether they live. */
final class Nvme {
  private static final Metric INFO =
      Metric.gauge("node_nvme_info", "1, with what the drive is as labels.");

  private Nvme() {}

  static Part part(KernelFiles files, Roots roots) {
    return new Scanned(
        "nvme",
        List.of(INFO),
        files,
        Scanned.EVERY_FEW_MINUTES,
        rows -> scan(files, roots.sys("class/nvme"), rows));
  }

  private static void scan(KernelFiles files, String folder, Rows rows) throws Unreadable {
    List<String> drives = files.list(folder);
    if (drives.isEmpty()) throw Unreadable.nothingHere("no drives under " + folder);
    for (String drive : drives) {
      String path = folder + "/" + drive + "/";
      var labels = Labels.builder().set("device", drive);
      set(labels, "firmware_revision", files, path + "firmware_rev");
      set(labels, "model", files, path + "model");
      set(labels, "serial", files, path + "serial");
      set(labels, "state", files, path + "state");
      set(labels, "cntlid", files, path + "cntlid");
      rows.fact(INFO, labels.build(), 1);
    }
  }

  private static void set(Labels.Builder labels, String label, KernelFiles files, String path) {
    String value = files.line(path);
    if (value != null) labels.set(label, value);
  }
}
