package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.model.Labels;
import java.util.List;

/** Maker and model of the machine, as its firmware tells; serial numbers only to root. */
final class Dmi {
  private static final Metric INFO =
      Metric.gauge("node_dmi_info", "1, with what the firmware says as labels.");
  private static final List<String> FILES =
      List.of(
          "bios_date",
          "bios_release",
          "bios_vendor",
          "bios_version",
          "board_asset_tag",
          "board_name",
          "board_serial",
          "board_vendor",
          "board_version",
          "chassis_asset_tag",
          "chassis_serial",
          "chassis_vendor",
          "chassis_version",
          "product_family",
          "product_name",
          "product_serial",
          "product_sku",
          "product_uuid",
          "product_version",
          "sys_vendor");

  private Dmi() {}

  static Part part(KernelFiles files, Roots roots) {
    return new Scanned(
        "dmi",
        List.of(INFO),
        files,
        Scanned.EVERY_FEW_MINUTES,
        rows -> scan(files, roots.sys("class/dmi/id"), rows));
  }

  private static void scan(KernelFiles files, String folder, Rows rows) throws Unreadable {
    var labels = Labels.builder();
    for (String file : FILES) {
      String value = files.line(folder + "/" + file);
      String label = file.equals("sys_vendor") ? "system_vendor" : file;
      if (value != null) labels.set(label, value);
    }
    Labels all = labels.build();
    if (all.isEmpty()) throw Unreadable.nothingHere("no " + folder);
    rows.fact(INFO, all, 1);
  }
}
