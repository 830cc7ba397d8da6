package io.oriel.collect.container;

import io.oriel.collect.Metric;
import io.oriel.model.MetricMetadata;

/**
 * One quantity of a container that the kernel accounts for: cAdvisor's name, type and unit. The
 * table of them all; where each is read stands in {@link CgroupV2}, {@link CgroupV1} and {@link
 * StatsAnswer}.
 */
enum Figure {
  CPU_USAGE("container_cpu_usage_seconds_total", "CPU time taken, in seconds.", "cpu", "total"),
  CPU_USER("container_cpu_user_seconds_total", "CPU time in user space, in seconds."),
  CPU_SYSTEM("container_cpu_system_seconds_total", "CPU time in the kernel, in seconds."),
  CPU_PERIODS("container_cpu_cfs_periods_total", "Periods in which its CPU quota was counted."),
  CPU_THROTTLED_PERIODS(
      "container_cpu_cfs_throttled_periods_total", "Periods in which it was held back."),
  CPU_THROTTLED(
      "container_cpu_cfs_throttled_seconds_total", "How long it was held back, in seconds."),
  CPU_BURSTS(
      "container_cpu_cfs_burst_periods_total", "Periods in which it took more than its quota."),
  CPU_BURST("container_cpu_cfs_burst_seconds_total", "CPU time beyond its quota, in seconds."),
  CPU_QUOTA("container_spec_cpu_quota", "CPU time it may take a period, in microseconds."),
  CPU_PERIOD("container_spec_cpu_period", "The period of its CPU quota, in microseconds."),
  CPU_SHARES("container_spec_cpu_shares", "Its weight when CPU is short; 1024 is normal."),

  MEMORY("container_memory_usage_bytes", "Memory in use, with all caches."),
  WORKING_SET("container_memory_working_set_bytes", "Memory in use that can't simply be given up."),
  RSS("container_memory_rss", "Anonymous memory, in bytes."),
  CACHE("container_memory_cache", "Page cache, in bytes."),
  MAPPED("container_memory_mapped_file", "Files mapped into memory, in bytes."),
  SWAP("container_memory_swap", "Swap in use, in bytes."),
  KERNEL("container_memory_kernel_usage", "Kernel memory for it, in bytes."),
  PEAK("container_memory_max_usage_bytes", "The most memory it ever used."),
  FAILED_CHARGES("container_memory_failcnt", "How often it met its memory limit."),
  MET_HIGH("container_memory_events_high_total", "How often it was slowed for its memory."),
  MET_MAX("container_memory_events_max_total", "How often it met its memory limit."),
  ACTIVE_FILE("container_memory_total_active_file_bytes", "Page cache in active use."),
  INACTIVE_FILE("container_memory_total_inactive_file_bytes", "Page cache to be given up first."),
  DIRTY("container_memory_file_dirty_bytes", "Page cache not yet written."),
  WRITEBACK("container_memory_file_writeback_bytes", "Page cache being written."),
  SCANNED("container_memory_pgscan_total", "Pages looked at to free memory."),
  STOLEN("container_memory_pgsteal_total", "Pages freed."),
  REFAULT_FILE("container_memory_workingset_refault_file_total", "Pages of files read again."),
  REFAULT_ANON("container_memory_workingset_refault_anon_total", "Pages of swap read again."),
  OOM_KILLS("container_oom_events_total", "Processes killed since memory ran out."),
  MEMORY_LIMIT("container_spec_memory_limit_bytes", "The most memory it may use."),
  SWAP_LIMIT("container_spec_memory_swap_limit_bytes", "The most swap it may use."),
  RESERVATION("container_spec_memory_reservation_limit_bytes", "Memory that is kept for it."),

  PROCESSES("container_processes", "Its processes."),
  THREADS("container_threads", "Its threads."),
  THREADS_MAX("container_threads_max", "The most threads it may have."),
  FILES("container_file_descriptors", "Files its processes have open."),

  CPU_WAITING("container_pressure_cpu_waiting_seconds_total", "How long a task waited for CPU."),
  CPU_STALLED("container_pressure_cpu_stalled_seconds_total", "How long all tasks waited for CPU."),
  MEMORY_WAITING(
      "container_pressure_memory_waiting_seconds_total", "How long a task waited for memory."),
  MEMORY_STALLED(
      "container_pressure_memory_stalled_seconds_total", "How long all tasks waited for memory."),
  IO_WAITING("container_pressure_io_waiting_seconds_total", "How long a task waited for a disk."),
  IO_STALLED(
      "container_pressure_io_stalled_seconds_total", "How long all tasks waited for a disk."),

  FAULTS("container_memory_failures_total", "Pages not found at once.", "failure_type", "pgfault"),
  MAJOR_FAULTS(
      "container_memory_failures_total", "Pages not found at once.", "failure_type", "pgmajfault");

  static final Figure[] ALL = values();

  @SuppressWarnings("ImmutableEnumChecker") // a record of values
  final Metric metric;

  final String label; // beside those of the container; empty for none
  final String value;

  Figure(String name, String help) {
    this(name, help, "", "");
  }

  Figure(String name, String help, String label, String value) {
    boolean grows = name.endsWith("_total") || name.endsWith("_failcnt");
    this.metric =
        new Metric(name, grows ? MetricMetadata.Type.COUNTER : MetricMetadata.Type.GAUGE, help);
    this.label = label;
    this.value = value;
  }
}
