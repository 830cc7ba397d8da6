package io.oriel.collect.node;

import io.oriel.collect.Metric;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Which metric a sensor's file becomes, and the divisor to its unit. */
record SensorUnit(Metric metric, double divisor) {
  /** A kind's unit: what its name ends with, from which unit the kernel's figure comes. */
  private record Kind(String suffix, double divisor) {}

  private static final Map<String, Kind> KINDS =
      Map.of(
          "in", new Kind("_volts", 1000),
          "cpu", new Kind("_volts", 1000),
          "temp", new Kind("_celsius", 1000),
          "curr", new Kind("_amps", 1000),
          "energy", new Kind("_joule_total", 1e6),
          "power", new Kind("_watt", 1e6),
          "humidity", new Kind("", 1e6),
          "fan", new Kind("_rpm", 1),
          "freq", new Kind("_freq_mhz", 1e6));
  private static final Set<String> FAN_SPEEDS = Set.of("input", "min", "max", "target");
  private static final Map<String, SensorUnit> KNOWN = new HashMap<>();

  static synchronized SensorUnit of(String kind, String what) {
    return KNOWN.computeIfAbsent(kind + " " + what, _ -> make(kind, what));
  }

  private static SensorUnit make(String kind, String what) {
    String value = what.equals("input") ? "" : what;
    String name = "node_hwmon_" + kind + (value.isEmpty() ? "" : "_" + HwMon.clean(value));
    Kind unit = hasUnit(kind, what) ? KINDS.get(kind) : null;
    if (what.equals("beep")) name += "_enabled";
    if (unit != null) name += unit.suffix;
    String help = "Sensor, " + kind + (what.isEmpty() ? "" : " " + what) + ".";
    boolean counter = name.endsWith("_total");
    Metric metric = counter ? Metric.counter(name, help) : Metric.gauge(name, help);
    return new SensorUnit(metric, unit == null ? 1 : unit.divisor);
  }

  /** Switches have none; crit_alarm of a temperature is divided with the rest, as everywhere. */
  private static boolean hasUnit(String kind, String what) {
    if (what.equals("alarm") || what.equals("fault") || what.equals("beep")) return false;
    return switch (kind) {
      case "temp" -> !what.equals("type");
      case "fan" -> FAN_SPEEDS.contains(what);
      case "freq" -> what.equals("input");
      default -> KINDS.containsKey(kind);
    };
  }
}
