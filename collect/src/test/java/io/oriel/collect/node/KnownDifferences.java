package io.oriel.collect.node;

import io.oriel.model.Labels;
import java.util.Set;

/**
 * Where the collector and node_exporter 1.5.0 differ on purpose, each with its reason. All else is
 * equal.
 */
final class KnownDifferences {
  /** Parts of node_exporter that Oriel leaves out: nothing that a dashboard of ours asks for. */
  private static final Set<String> PARTS_LEFT_OUT =
      Set.of(
          "bcache",
          "btrfs",
          "fibrechannel",
          "ipvs",
          "nfs",
          "nfsd",
          "selinux",
          "tapestats",
          "xfs",
          "zfs");

  /** Parts that node_exporter got after 1.5.0, or that are Oriel's own. */
  private static final Set<String> PARTS_ADDED =
      Set.of("kernel_hung", "watchdog", "oriel_processes");

  /** Metrics that node_exporter got after 1.5.0. */
  private static final Set<String> ADDED =
      Set.of(
          "node_cpu_online",
          "node_filesystem_mount_info",
          "node_kernel_hung_tasks_total",
          "node_netstat_TcpExt_TCPOFOQueue",
          "node_netstat_TcpExt_TCPRcvQDrop",
          "node_pressure_irq_stalled_seconds_total",
          "node_softnet_backlog_len",
          "node_softnet_cpu_collision_total",
          "node_softnet_flow_limit_count_total",
          "node_softnet_received_rps_total",
          "node_systemd_service_restart_total", // these two by a flag there
          "node_systemd_unit_start_time_seconds");

  /** Figures that both sides change by looking: their own threads, files and sockets. */
  private static final Set<String> OF_THE_MOMENT =
      Set.of(
          "node_filefd_allocated",
          "node_processes_state",
          "node_processes_threads",
          "node_processes_threads_state",
          "node_processes_pids",
          "node_procs_running",
          "node_procs_blocked",
          "node_sockstat_sockets_used",
          "node_sockstat_TCP_alloc",
          "node_sockstat_TCP_inuse",
          "node_sockstat_TCP_mem",
          "node_sockstat_TCP_mem_bytes",
          "node_sockstat_TCP_tw",
          "node_nf_conntrack_entries",
          "node_tcp_connection_states",
          "node_disk_io_now",
          "node_entropy_available_bits");

  private KnownDifferences() {}

  /** Series of the exporter that Oriel does not tell. */
  static boolean leftOut(Labels series) {
    String name = series.metricName();
    return name.startsWith("go_") // the exporter's own process
        || name.startsWith("process_")
        || name.startsWith("promhttp_")
        || name.equals("node_exporter_build_info")
        || name.startsWith("node_selinux_")
        || PARTS_LEFT_OUT.contains(series.valueOf("collector"));
  }

  /** Series of Oriel that the exporter does not have. */
  static boolean added(Labels series) {
    String name = series.metricName();
    return ADDED.contains(name)
        || name.startsWith("oriel_process_")
        || PARTS_ADDED.contains(series.valueOf("collector"));
  }

  /** A state that one or two tasks were in for a moment; the looker itself is running, for one. */
  static boolean fleeting(Labels series, double value) {
    boolean isState = series.get("state") != null || series.get("thread_state") != null;
    return value <= 2 && isState && OF_THE_MOMENT.contains(series.metricName());
  }

  /** The series as 1.5.0 would write it: two labels came later. */
  static Labels asBefore(Labels series) {
    return switch (series.metricName()) {
      case "node_network_info" -> series.with("adminstate", "");
      case "node_disk_info" -> series.with("rotational", "");
      default -> series;
    };
  }

  /** Whether a value may stand between two of the exporter's. */
  static boolean near(String name, double own, double before, double after) {
    if (name.equals("node_scrape_collector_duration_seconds")) return true; // each its own
    double least = Math.min(before, after);
    double most = Math.max(before, after);
    double slack = 1e-9 * Math.abs(most); // the last bit of a sum of decimals
    if (OF_THE_MOMENT.contains(name)) slack = 20 + most / 10;
    if (name.startsWith("node_memory_")) slack = 64 << 20; // other programs run meanwhile
    return own >= least - slack && own <= most + slack;
  }
}
