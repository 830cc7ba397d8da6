package io.oriel.dashboards.shipped;

import static io.oriel.dashboards.dsl.Panel.bars;
import static io.oriel.dashboards.dsl.Panel.heatmap;
import static io.oriel.dashboards.dsl.Panel.stat;
import static io.oriel.dashboards.dsl.Panel.table;
import static io.oriel.dashboards.dsl.Panel.timeseries;
import static io.oriel.dashboards.dsl.Thresholds.warn;
import static io.oriel.dashboards.shipped.Here.IDLE;
import static io.oriel.dashboards.shipped.Here.REAL_DISKS;
import static io.oriel.dashboards.shipped.Here.REAL_LINES;
import static io.oriel.dashboards.shipped.Here.REAL_SPACE;
import static io.oriel.dashboards.shipped.Here.here;
import static io.oriel.dashboards.shipped.Here.rate;

import io.oriel.dashboards.dsl.Dashboard;
import io.oriel.dashboards.dsl.FieldOverride;
import io.oriel.dashboards.dsl.Mapping;
import io.oriel.dashboards.dsl.Panel;
import io.oriel.dashboards.dsl.Query;
import io.oriel.dashboards.dsl.Unit;
import io.oriel.dashboards.dsl.Variable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Is this machine well? One machine at a glance: what it does now, what it waits for, what runs out
 * first. Works on Oriel's node collector and on any Prometheus that scrapes node_exporter; only the
 * table of busiest programs needs Oriel.
 */
final class ServerHealth {
  private ServerHealth() {}

  static Dashboard dashboard() {
    return Dashboard.of(
            "oriel-server-health",
            "Server health",
            "Is this machine well? What it does now, what it waits for, what runs out first.")
        .tagged("oriel", "server")
        .choosing(
            Variable.dataSource(),
            Variable.query("job", "Job", "label_values(node_uname_info, job)"),
            Variable.query(
                "instance", "Host", "label_values(node_uname_info{job=\"$job\"}, instance)"))
        .row(2, cpu(), load(), memoryUsed(), waiting(), disk(), network(), warmest(), up())
        .row(7, cpuByCore(), cpuByMode())
        .row(5, memory(), waitingFor(), networkByDevice())
        .row(6, disks(), temperatures(), busiest())
        .row(6, ServerDetails.diskBytes(), ServerDetails.diskOperations(), ServerDetails.diskBusy())
        .row(
            6,
            ServerDetails.loadAverages(),
            ServerDetails.processes(),
            ServerDetails.networkTrouble())
        .row(
            6,
            ServerDetails.memoryInDetail(),
            ServerDetails.kernelWork(),
            ServerDetails.openFiles());
  }

  /**
   * What shares of CPU time are shares of. Measured, not the number of cores: within the first
   * window after a start a rate sees only part of the time, and idle time would be missing.
   */
  private static final String ALL_CPU_TIME = "sum(" + rate(here("node_cpu_seconds_total")) + ")";

  // the strip at the top

  private static Panel cpu() {
    String cores = "count(" + here("node_cpu_seconds_total", "mode=\"idle\"") + ")";
    String idle = "sum(" + rate(here("node_cpu_seconds_total", IDLE)) + ")";
    return stat("CPU")
        .says("Share of all cores that was busy. Long above 90 %: programs wait for a core.")
        .wide(3)
        .unit(Unit.SHARE)
        .decimals(0)
        .from(0)
        .to(1)
        .thresholds(warn(0.9))
        .asks(Query.of("1 - " + idle + " / " + ALL_CPU_TIME, "CPU"), Query.of(cores, "cores").now())
        .override(FieldOverride.ofQuery('B').unit(Unit.NONE))
        .context("{B} cores");
  }

  private static Panel load() {
    return stat("Load")
        .says(
            "Tasks that ran or waited, mean over a minute. More than there are cores: some wait."
                + " On Linux tasks that wait for a disk count too.")
        .wide(3)
        .unit(Unit.NONE)
        .decimals(1)
        .from(0)
        .asks(
            Query.of(here("node_load1"), "Load"),
            Query.of("count(" + here("node_cpu_seconds_total", "mode=\"idle\"") + ")", "cores")
                .now())
        .override(FieldOverride.ofQuery('B').set("decimals", 0))
        .context("of {B} cores");
  }

  private static Panel memoryUsed() {
    String total = here("node_memory_MemTotal_bytes");
    String used = total + " - " + here("node_memory_MemAvailable_bytes");
    return stat("Memory")
        .says(
            "Memory that programs hold and that can't be given back at once; file cache does not"
                + " count. Near 100 % the kernel ends programs.")
        .wide(3)
        .unit(Unit.SHARE)
        .decimals(0)
        .from(0)
        .to(1)
        .thresholds(warn(0.9).critical(0.97))
        .asks(
            Query.of("(" + used + ") / " + total, "Memory"),
            Query.of(used, "used").now(),
            Query.of(total, "total").now())
        .override(
            FieldOverride.ofQuery('B').unit(Unit.BYTES).set("decimals", 1),
            FieldOverride.ofQuery('C').unit(Unit.BYTES).set("decimals", 1))
        .context("{B} of {C}");
  }

  private static Panel waiting() {
    String worst =
        atMostAll(
            "max("
                + labelled("cpu", "waiting")
                + " or "
                + labelled("io", "waiting")
                + " or "
                + labelled("memory", "waiting")
                + ")");
    return stat("Waiting")
        .says(
            "Share of time in which some task stood still for want of CPU, disk or memory: the"
                + " worst of the three (pressure stall information). Felt above 10 %.")
        .wide(3)
        .unit(Unit.SHARE)
        .decimals(1)
        .from(0)
        .to(1)
        .thresholds(warn(0.1).critical(0.4))
        .without("no PSI: start the kernel with psi=1")
        .asks(Query.of(worst, "Waiting"))
        .context("CPU, disk or memory");
  }

  /** Pressure of one resource, kept apart from the others by a label. */
  private static String labelled(String resource, String kind) {
    String metric = "node_pressure_" + resource + "_" + kind + "_seconds_total";
    return "label_replace(" + rate(here(metric)) + ", \"of\", \"" + resource + "\", \"\", \"\")";
  }

  /** A share; a rate that is continued to the ends of its window can come out above the whole. */
  private static String atMostAll(String share) {
    return "clamp_max(" + share + ", 1)";
  }

  private static Panel disk() {
    return stat("Disk")
        .says("Bytes read and written each second, all disks.")
        .wide(3)
        .unit(Unit.DECIMAL_BYTES_PER_SECOND)
        .from(0)
        .asks(
            Query.of(
                "sum("
                    + rate(here("node_disk_read_bytes_total", REAL_DISKS))
                    + ") + sum("
                    + rate(here("node_disk_written_bytes_total", REAL_DISKS))
                    + ")",
                "Disk"),
            Query.of(
                    "max(" + rate(here("node_disk_io_time_seconds_total", REAL_DISKS)) + ")",
                    "busy")
                .now())
        .override(FieldOverride.ofQuery('B').unit(Unit.SHARE).set("decimals", 0))
        .context("busiest disk {B}");
  }

  private static Panel network() {
    String received = "sum(" + rate(here("node_network_receive_bytes_total", REAL_LINES)) + ")";
    String sent = "sum(" + rate(here("node_network_transmit_bytes_total", REAL_LINES)) + ")";
    return stat("Network")
        .says(
            "Bits received and sent each second on real lines; containers' own do not count twice.")
        .wide(3)
        .unit(Unit.BITS_PER_SECOND)
        .from(0)
        .asks(
            Query.of("(" + received + " + " + sent + ") * 8", "Network"),
            Query.of(received + " * 8", "in").now())
        .context("{B} in");
  }

  private static Panel warmest() {
    return stat("Warmest")
        .says(
            "The warmest of the sensors that the kernel knows. A virtual machine has none; then"
                + " nothing is shown, not zero.")
        .wide(3)
        .unit(Unit.CELSIUS)
        .decimals(0)
        .thresholds(warn(85).critical(95))
        .without("no sensors")
        .asks(
            Query.of(
                "max("
                    + here("node_hwmon_temp_celsius")
                    + " or "
                    + here("node_thermal_zone_temp")
                    + ")",
                "Warmest"))
        .context("of all sensors");
  }

  private static Panel up() {
    return stat("Up")
        .says("Since the machine booted.")
        .wide(3)
        .unit(Unit.SECONDS)
        .decimals(1)
        .asks(
            Query.of(here("node_time_seconds") + " - " + here("node_boot_time_seconds"), "Up")
                .now())
        .option("graphMode", "none")
        .context("since boot");
  }

  // CPU

  private static Panel cpuByCore() {
    return heatmap("CPU by core")
        .subtitle("% of time")
        .says(
            "How busy each core was. One bright line: a program that can use one core only. All"
                + " bright: the machine is full.")
        .wide(16)
        .unit(Unit.SHARE)
        .decimals(0)
        .from(0)
        .to(1)
        .asks(
            Query.of(
                "1 - sum by (cpu) ("
                    + rate(here("node_cpu_seconds_total", IDLE))
                    + ") / sum by (cpu) ("
                    + rate(here("node_cpu_seconds_total"))
                    + ")",
                "core {{cpu}}"));
  }

  /**
   * Calm and the same on every machine: what is waited for or taken stands out from what is used.
   */
  private static final FieldOverride[] MODE_COLOURS = {
    FieldOverride.named("user").colour("blue"),
    FieldOverride.named("system").colour("super-light-green"),
    FieldOverride.named("iowait").colour("orange"),
    FieldOverride.named("steal").colour("super-light-red"),
    FieldOverride.named("nice").colour("super-light-purple"),
    FieldOverride.named("irq").colour("light-blue"),
    FieldOverride.named("softirq").colour("purple")
  };

  private static Panel cpuByMode() {
    return timeseries("CPU by use")
        .subtitle("all cores, % of time")
        .says(
            "What the CPU's time went to. user: programs; system: the kernel for them; iowait: idle"
                + " because of a disk; steal: taken by other virtual machines on the same host.")
        .wide(8)
        .unit(Unit.SHARE)
        .decimals(1)
        .from(0)
        .stacked()
        .asks(
            Query.of(
                "sum by (mode) ("
                    + rate(here("node_cpu_seconds_total", "mode!=\"idle\""))
                    + ") / scalar("
                    + ALL_CPU_TIME
                    + ")",
                "{{mode}}"))
        .override(MODE_COLOURS);
  }

  // what people feel

  private static Panel memory() {
    String total = here("node_memory_MemTotal_bytes");
    String available = here("node_memory_MemAvailable_bytes");
    String free = here("node_memory_MemFree_bytes");
    return timeseries("Memory")
        .subtitle("programs, and the file cache on top")
        .says(
            "Programs: can't be given back at once. File cache: given back when programs need it,"
                + " so a full cache is a good cache. The rest is free.")
        .unit(Unit.BYTES)
        .decimals(1)
        .from(0)
        .stacked()
        .asks(
            Query.of(total + " - " + available, "programs"),
            // free memory that the kernel holds back for itself can be more than what is available
            Query.of("clamp_min(" + available + " - " + free + ", 0)", "file cache"))
        .override(
            FieldOverride.named("file cache")
                .colour("super-light-blue")
                .set("custom.fillOpacity", 16));
  }

  private static Panel waitingFor() {
    return timeseries("Waiting for")
        .subtitle("% of time")
        .says(
            "Share of time in which some task stood still for want of this (pressure stall"
                + " information). Users feel it above 10 %.")
        .unit(Unit.SHARE)
        .decimals(1)
        .from(0)
        .thresholds(warn(0.1).drawn())
        .limit("felt above")
        .without("the kernel tells no pressure: start it with psi=1")
        .asks(
            Query.of(atMostAll(rate(here("node_pressure_cpu_waiting_seconds_total"))), "CPU"),
            Query.of(atMostAll(rate(here("node_pressure_io_waiting_seconds_total"))), "disk"),
            Query.of(
                atMostAll(rate(here("node_pressure_memory_waiting_seconds_total"))), "memory"));
  }

  private static Panel networkByDevice() {
    return timeseries("Network")
        .subtitle("in, and out below")
        .says("Bits each second on each real line.")
        .unit(Unit.BITS_PER_SECOND)
        .decimals(1)
        .asks(
            Query.of(
                rate(here("node_network_receive_bytes_total", REAL_LINES)) + " * 8",
                "{{device}} in"),
            Query.of(
                rate(here("node_network_transmit_bytes_total", REAL_LINES)) + " * 8",
                "{{device}} out"))
        .override(FieldOverride.ofQuery('B').mirrored());
  }

  private static Panel disks() {
    String size = here("node_filesystem_size_bytes", REAL_SPACE);
    String free = here("node_filesystem_free_bytes", REAL_SPACE);
    String available = here("node_filesystem_avail_bytes", REAL_SPACE);
    String used = "(" + size + " - " + free + ")";
    return bars("Disks")
        .subtitle("full in, at the last week's pace")
        .says(
            "Share of each file system that is used. What root keeps for itself is left out, as in"
                + " df. Above 80 % plan for more, above 92 % make room. When it is full is a"
                + " straight line through the last week, from a day after the first look on;"
                + " steady: not within a year.")
        .wide(8)
        .unit(Unit.SHARE)
        .decimals(0)
        .from(0)
        .to(1)
        .thresholds(warn(0.8).critical(0.92))
        .asks(
            Query.of(used + " / (" + used + " + " + available + ")", "{{mountpoint}}").now(),
            Query.of(available, "{{mountpoint}} left").now(),
            Query.of(fullIn(available), "{{mountpoint}} full in").now(),
            Query.of(steady(available), "{{mountpoint}} steady").now())
        .override(
            FieldOverride.ofQuery('B').unit(Unit.BYTES).set("decimals", 0),
            FieldOverride.ofQuery('C').unit(Unit.SECONDS).set("decimals", 0),
            FieldOverride.ofQuery('D').mapped(new Mapping("1", "steady", "")))
        .context("{B} left[, full in {C}][, {D}]");
  }

  /**
   * Seconds until nothing is left, where that is within a year. Less than a day of history says
   * nothing about a week.
   */
  private static String fullIn(String available) {
    String pace = "-deriv(" + available + "[1w])";
    return "(" + available + " / (" + pace + " > 0) < 31536000) and " + sinceADay(available);
  }

  private static String steady(String available) {
    return sinceADay(available) + " unless (" + fullIn(available) + ")";
  }

  /** 1 for what was there a day ago or before that. */
  private static String sinceADay(String series) {
    return "present_over_time(" + series + "[6d] offset 1d)";
  }

  private static Panel temperatures() {
    String labelled =
        here("node_hwmon_temp_celsius")
            + " * on (job, instance, chip) group_left (chip_name) "
            + here("node_hwmon_chip_names");
    return bars("Temperatures")
        .subtitle("now")
        .says("Each sensor that the kernel knows. Throttling begins at 90 to 100 °C.")
        .wide(6)
        .unit(Unit.CELSIUS)
        .decimals(0)
        .from(20)
        .to(110)
        .thresholds(warn(85).critical(95))
        .without("This machine shows no sensors; virtual machines have none")
        .asks(
            Query.of(labelled, "{{chip_name}} {{sensor}}").now(),
            Query.of(here("node_thermal_zone_temp"), "{{type}}").now());
  }

  private static Panel busiest() {
    return table("Processes")
        .subtitle("busiest now")
        .says(
            "Programs that use the most CPU or memory; processes of one name and user count as one."
                + " Told by Oriel's own collector, not by node_exporter.")
        .wide(10)
        .without("Oriel's own collector tells the busiest programs; node_exporter does not")
        .asks(
            Query.of(busy("oriel_process_cpu_cores"), "CPU").asTable(),
            Query.of(busy("oriel_process_resident_memory_bytes"), "Memory").asTable())
        .transform("merge")
        .transform(
            "organize",
            "excludeByName",
            Map.of("Time", true),
            "renameByName",
            new TreeMap<>(
                Map.of(
                    "process", "Process",
                    "user", "User",
                    "Value #A", "CPU",
                    "Value #B", "Memory")))
        .override(
            FieldOverride.named("CPU")
                .unit(Unit.SHARE)
                .set("decimals", 1)
                .set("custom.cellOptions", new TreeMap<>(Map.of("type", "gauge", "mode", "basic"))),
            FieldOverride.named("Memory").unit(Unit.BYTES).set("decimals", 1))
        .option("sortBy", List.of(new TreeMap<>(Map.of("displayName", "CPU", "desc", true))));
  }

  private static String busy(String metric) {
    return "sum by (process, user) (" + here(metric) + ")";
  }
}
