package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.model.Labels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sensors: temperatures, fans, voltages, power. Every chip has files {@code <kind><number>_<what>};
 * kind and what give the metric and its unit (kernel documentation, hwmon/sysfs-interface).
 */
final class HwMon {
  private static final Metric CHIP =
      Metric.gauge("node_hwmon_chip_names", "1, with the name the driver gives the chip.");
  private static final Metric LABEL =
      Metric.gauge("node_hwmon_sensor_label", "1, with the name the driver gives the sensor.");
  private static final Pattern FILE =
      Pattern.compile(
          "(in|cpu|fan|pwm|temp|curr|power|energy|humidity|intrusion|freq)(\\d+)(?:_(.+))?");
  // limits stay as they are: reading them each round would ask slow buses for nothing
  private static final Set<String> LIMITS =
      Set.of("crit", "crit_hyst", "max", "max_hyst", "min", "lcrit", "emergency");

  private HwMon() {}

  static Part part(KernelFiles files, Roots roots) {
    return new Scanned(
        "hwmon",
        List.of(
            CHIP,
            LABEL,
            SensorUnit.of("temp", "input").metric(),
            SensorUnit.of("temp", "crit").metric(),
            SensorUnit.of("temp", "crit_hyst").metric(),
            SensorUnit.of("temp", "crit_alarm").metric(),
            SensorUnit.of("temp", "max").metric(),
            SensorUnit.of("fan", "input").metric(),
            SensorUnit.of("fan", "min").metric(),
            SensorUnit.of("in", "input").metric(),
            SensorUnit.of("power", "input").metric()),
        files,
        Scanned.EVERY_FEW_MINUTES,
        rows -> scan(files, roots.sys("class/hwmon"), rows));
  }

  private static void scan(KernelFiles files, String folder, Rows rows) throws Unreadable {
    List<String> chips = files.list(folder);
    if (chips.isEmpty()) throw Unreadable.nothingHere("no chips under " + folder);
    for (String name : chips) {
      Path chip = Path.of(folder, name);
      Labels labels = Labels.of("chip", chipOf(chip, files));
      String driver = files.line(chip + "/name");
      if (driver != null) rows.fact(CHIP, labels.with("chip_name", clean(driver)), 1);
      var seen = new HashSet<String>();
      sensors(files, chip.toString(), labels, seen, rows);
      sensors(files, chip + "/device", labels, seen, rows); // where old drivers put them
    }
  }

  private static void sensors(
      KernelFiles files, String folder, Labels chip, Set<String> seen, Rows rows) {
    for (String file : files.list(folder)) {
      Matcher parts = FILE.matcher(file);
      if (!parts.matches() || !seen.add(file)) continue;
      String kind = parts.group(1);
      String what = parts.group(3) == null ? "" : parts.group(3);
      String path = folder + "/" + file;
      String sensor = kind + parts.group(2);
      if (what.equals("label")) {
        String label = files.line(path);
        Labels named = chip.with("sensor", sensor).with("label", label == null ? "" : clean(label));
        if (label != null) rows.fact(LABEL, named, 1);
        continue;
      }
      if (kind.equals("freq")) sensor = nameOfFrequency(files, folder, sensor);
      sensor(files, path, kind, what, chip.with("sensor", sensor), rows);
    }
  }

  private static void sensor(
      KernelFiles files, String path, String kind, String what, Labels labels, Rows rows) {
    Text text = files.tryRead(path);
    if (text == null || !text.line() || !text.word() || !text.isNumber()) return;
    SensorUnit unit = SensorUnit.of(kind, what);
    if (LIMITS.contains(what)) rows.fact(unit.metric(), labels, text.wordNumber() / unit.divisor());
    else rows.live(unit.metric(), labels, path, unit.divisor());
  }

  /** Clocks of graphics chips are known by their label: sclk, mclk. */
  private static String nameOfFrequency(KernelFiles files, String folder, String sensor) {
    String label = files.line(folder + "/" + sensor + "_label");
    return label == null ? sensor : clean(label);
  }

  /** The place on its bus, which stays the same; numbers of chips depend on who came first. */
  private static String chipOf(Path chip, KernelFiles files) {
    try {
      Path device = chip.resolve("device").toRealPath();
      String name = clean(last(device));
      Path parent = device.getParent();
      String bus = parent == null ? "" : clean(last(parent));
      if (!name.isEmpty()) return bus.isEmpty() ? name : bus + "_" + name;
    } catch (IOException _) {
      // a chip without a device, such as a virtual one
    }
    String driver = files.line(chip + "/name");
    return driver == null || driver.isEmpty() ? clean(last(chip)) : clean(driver);
  }

  private static String last(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  static String clean(String name) {
    String lower = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9:_]", "_");
    return lower.replaceAll("^_+|_+$", "");
  }
}
