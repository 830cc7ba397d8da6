package io.oriel.collect.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.container.Usage.DiskUse;
import io.oriel.collect.container.Usage.NetworkUse;
import io.oriel.collect.peer.JsonNumber;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a container's figures from the daemon's answer. Counters are told as they stand: a share of
 * CPU is made by {@code rate()}, from what Oriel itself read before.
 */
final class StatsAnswer {
  private static final double NANO = 1e9;

  private StatsAnswer() {}

  /** False when it says nothing: the container does not run (its moment is never, or missing). */
  static boolean read(JsonNode told, Usage into) {
    if (Words.ms(told.path("read")) == 0) return false;
    JsonNode cpu = told.path("cpu_stats");
    double total = number(cpu.path("cpu_usage").path("total_usage"));
    if (Double.isNaN(total)) return false;
    cpu(cpu, total, into);
    memory(told.path("memory_stats"), into);
    disks(told.path("blkio_stats"), into);
    networks(told.path("networks"), into);
    into.set(Figure.THREADS, number(told.path("pids_stats").path("current")));
    into.set(Figure.THREADS_MAX, limit(told.path("pids_stats").path("limit")));
    return true;
  }

  private static void cpu(JsonNode told, double total, Usage into) {
    into.set(Figure.CPU_USAGE, total / NANO);
    JsonNode usage = told.path("cpu_usage");
    into.set(Figure.CPU_USER, number(usage.path("usage_in_usermode")) / NANO);
    into.set(Figure.CPU_SYSTEM, number(usage.path("usage_in_kernelmode")) / NANO);
    JsonNode throttling = told.path("throttling_data");
    double periods = number(throttling.path("periods"));
    if (!(periods > 0)) return; // without a quota the daemon tells zeros
    into.set(Figure.CPU_PERIODS, periods);
    into.set(Figure.CPU_THROTTLED_PERIODS, number(throttling.path("throttled_periods")));
    into.set(Figure.CPU_THROTTLED, number(throttling.path("throttled_time")) / NANO);
  }

  private static void memory(JsonNode told, Usage into) {
    JsonNode stats = told.path("stats");
    boolean isV1 = stats.has("total_inactive_file");
    into.set(Figure.MEMORY, number(told.path("usage")));
    into.set(Figure.PEAK, number(told.path("max_usage")));
    into.set(Figure.FAILED_CHARGES, number(told.path("failcnt")));
    into.set(Figure.RSS, number(stats.path(isV1 ? "total_rss" : "anon")));
    into.set(Figure.CACHE, number(stats.path(isV1 ? "total_cache" : "file")));
    into.set(Figure.MAPPED, number(stats.path(isV1 ? "total_mapped_file" : "file_mapped")));
    String total = isV1 ? "total_" : "";
    into.set(Figure.INACTIVE_FILE, number(stats.path(total + "inactive_file")));
    into.set(Figure.ACTIVE_FILE, number(stats.path(total + "active_file")));
    into.set(Figure.FAULTS, number(stats.path(total + "pgfault")));
    into.set(Figure.MAJOR_FAULTS, number(stats.path(total + "pgmajfault")));
    if (isV1) into.set(Figure.SWAP, number(stats.path("total_swap")));
    into.workingSet();
  }

  /** Lists may be null; version 1 writes {@code Read}, version 2 {@code read}. */
  private static void disks(JsonNode told, Usage into) {
    var disks = new TreeMap<String, double[]>();
    add(told.path("io_service_bytes_recursive"), disks, 0);
    add(told.path("io_serviced_recursive"), disks, 2);
    disks.forEach((disk, values) ->
        into.disks().add(new DiskUse(disk, values[0], values[1], values[2], values[3])));
  }

  private static void add(JsonNode list, Map<String, double[]> disks, int at) {
    for (JsonNode each : list) {
      String operation = Words.of(each.path("op")).toLowerCase(Locale.ROOT);
      int column = operation.equals("read") ? at : operation.equals("write") ? at + 1 : -1;
      if (column < 0) continue;
      String disk = Words.of(each.path("major")) + ":" + Words.of(each.path("minor"));
      double[] values = disks.computeIfAbsent(disk, _ -> unknown());
      double value = number(each.path("value"));
      if (Double.isNaN(values[column])) values[column] = value;
      else values[column] += value;
    }
  }

  private static double[] unknown() {
    return new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
  }

  private static void networks(JsonNode told, Usage into) {
    for (Map.Entry<String, JsonNode> each : told.properties()) {
      into.networks()
          .add(
              new NetworkUse(
                  each.getKey(), counts(each.getValue(), "rx_"), counts(each.getValue(), "tx_")));
    }
  }

  private static double[] counts(JsonNode told, String way) {
    return new double[] {
      number(told.path(way + "bytes")),
      number(told.path(way + "packets")),
      number(told.path(way + "errors")),
      number(told.path(way + "dropped"))
    };
  }

  private static double number(JsonNode node) {
    return JsonNumber.of(node);
  }

  private static double limit(JsonNode node) {
    double value = number(node);
    return value > 0 && value < 0x1p62 ? value : Double.NaN;
  }
}
