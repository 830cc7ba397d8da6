package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.model.Labels;
import java.util.List;

/** Temperatures that the firmware tells, and what is done against heat. */
final class ThermalZones {
  private static final Metric TEMPERATURE =
      Metric.gauge("node_thermal_zone_temp", "Temperature of the zone in degrees Celsius.");
  private static final Metric NOW =
      Metric.gauge("node_cooling_device_cur_state", "How much the device cools now.");
  private static final Metric MOST =
      Metric.gauge("node_cooling_device_max_state", "How much the device can cool.");

  private ThermalZones() {}

  static Part part(KernelFiles files, Roots roots) {
    return new Scanned(
        "thermal_zone",
        List.of(TEMPERATURE, NOW, MOST),
        files,
        Scanned.EVERY_FEW_MINUTES,
        rows -> scan(files, roots.sys("class/thermal"), rows));
  }

  private static void scan(KernelFiles files, String folder, Rows rows) {
    for (String name : files.list(folder)) {
      String device = folder + "/" + name + "/";
      String type = files.line(device + "type");
      if (type == null) continue;
      if (name.startsWith("thermal_zone")) {
        Labels labels = Labels.of("type", type, "zone", name.substring("thermal_zone".length()));
        rows.live(TEMPERATURE, labels, device + "temp", 1000);
      } else if (name.startsWith("cooling_device")) {
        Labels labels = Labels.of("type", type, "name", name.substring("cooling_device".length()));
        rows.live(NOW, labels, device + "cur_state", 1);
        rows.live(MOST, labels, device + "max_state", 1);
      }
    }
  }
}
