package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.List;

/** Batteries and mains. */
final class PowerSupply {
  private record Attribute(String file, Metric metric, double divisor) {}

  private static final double MICRO = 1e6;
  private static final Metric INFO = gauge("info", "1, with what the supply is as labels.");
  private static final List<Attribute> ATTRIBUTES =
      List.of(
          new Attribute("online", gauge("online", "1 when it supplies."), 1),
          new Attribute("present", gauge("present", "1 when it is there."), 1),
          new Attribute("capacity", gauge("capacity", "Charge in percent."), 1),
          new Attribute("cycle_count", gauge("cyclecount", "How often it was charged."), 1),
          new Attribute("energy_full", gauge("energy_full", "Full, in watt hours."), MICRO),
          new Attribute(
              "energy_full_design", gauge("energy_full_design", "Full when new, Wh."), MICRO),
          new Attribute("energy_now", gauge("energy_watthour", "Charge in watt hours."), MICRO),
          new Attribute("power_now", gauge("power_watt", "Power in watts."), MICRO),
          new Attribute("current_now", gauge("current_ampere", "Current in amperes."), MICRO),
          new Attribute("charge_now", gauge("charge_ampere", "Charge in ampere hours."), MICRO),
          new Attribute("voltage_min_design", gauge("voltage_min_design", "Least voltage."), MICRO),
          new Attribute("voltage_now", gauge("voltage_volt", "Voltage."), MICRO));
  private static final List<String> FACTS =
      List.of(
          "type",
          "capacity_level",
          "manufacturer",
          "model_name",
          "serial_number",
          "status",
          "technology");

  private PowerSupply() {}

  private static Metric gauge(String name, String help) {
    return Metric.gauge("node_power_supply_" + name, help);
  }

  static Part part(KernelFiles files, Roots roots) {
    var metrics = new ArrayList<>(ATTRIBUTES.stream().map(Attribute::metric).toList());
    metrics.add(INFO);
    return new Scanned(
        "powersupplyclass",
        metrics,
        files,
        Scanned.EACH_ROUND, // whether it charges is one of the labels
        rows -> scan(files, roots.sys("class/power_supply"), rows));
  }

  private static void scan(KernelFiles files, String folder, Rows rows) {
    for (String name : files.list(folder)) {
      String path = folder + "/" + name + "/";
      Labels labels = Labels.of("power_supply", name);
      for (Attribute each : ATTRIBUTES) {
        if (files.tryRead(path + each.file) == null) continue;
        rows.live(each.metric, labels, path + each.file, each.divisor);
      }
      Labels.Builder info = labels.toBuilder();
      for (String fact : FACTS) {
        String value = files.line(path + fact);
        if (value != null) info.set(fact, value);
      }
      rows.fact(INFO, info.build(), 1);
    }
  }
}
