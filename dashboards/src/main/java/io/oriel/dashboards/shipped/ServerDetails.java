package io.oriel.dashboards.shipped;

import static io.oriel.dashboards.dsl.Panel.timeseries;
import static io.oriel.dashboards.shipped.Here.REAL_DISKS;
import static io.oriel.dashboards.shipped.Here.here;
import static io.oriel.dashboards.shipped.Here.rate;

import io.oriel.dashboards.dsl.FieldOverride;
import io.oriel.dashboards.dsl.Panel;
import io.oriel.dashboards.dsl.Query;
import io.oriel.dashboards.dsl.Unit;

/**
 * The lower half of {@link ServerHealth}: where one looks once the upper half has pointed at it.
 */
final class ServerDetails {
  private ServerDetails() {}

  // disks

  static Panel diskBytes() {
    return timeseries("Disk traffic")
        .subtitle("read, and written below")
        .says("Bytes each second on each disk.")
        .unit(Unit.DECIMAL_BYTES_PER_SECOND)
        .decimals(1)
        .asks(
            Query.of(rate(here("node_disk_read_bytes_total", REAL_DISKS)), "{{device}} read"),
            Query.of(rate(here("node_disk_written_bytes_total", REAL_DISKS)), "{{device}} written"))
        .override(FieldOverride.ofQuery('B').mirrored());
  }

  static Panel diskOperations() {
    return timeseries("Disk operations")
        .subtitle("reads, and writes below")
        .says("Requests that each disk completed each second.")
        .unit(Unit.OPERATIONS_PER_SECOND)
        .decimals(1)
        .asks(
            Query.of(rate(here("node_disk_reads_completed_total", REAL_DISKS)), "{{device}} reads"),
            Query.of(
                rate(here("node_disk_writes_completed_total", REAL_DISKS)), "{{device}} writes"))
        .override(FieldOverride.ofQuery('B').mirrored());
  }

  static Panel diskBusy() {
    return timeseries("Disk busy")
        .subtitle("% of time")
        .says(
            "Share of time in which the disk had something to do. A spinning disk is full at 100 %;"
                + " an SSD works in parallel and may take more.")
        .unit(Unit.SHARE)
        .decimals(1)
        .from(0)
        .asks(Query.of(rate(here("node_disk_io_time_seconds_total", REAL_DISKS)), "{{device}}"));
  }

  // the rest

  static Panel loadAverages() {
    return timeseries("Load")
        .subtitle("tasks that run or wait")
        .says("Means over 1, 5 and 15 minutes, and how many cores there are.")
        .unit(Unit.NONE)
        .decimals(1)
        .from(0)
        .asks(
            Query.of(here("node_load1"), "1 min"),
            Query.of(here("node_load5"), "5 min"),
            Query.of(here("node_load15"), "15 min"),
            Query.of("count(" + here("node_cpu_seconds_total", "mode=\"idle\"") + ")", "cores"));
  }

  static Panel processes() {
    // no zombies is a fact only where processes are counted at all
    String zombies =
        here("node_processes_state", "state=\"Z\"")
            + " or on (job, instance) "
            + here("node_processes_pids")
            + " * 0";
    return timeseries("Processes by state")
        .subtitle("running, waiting for a disk, zombies")
        .says(
            "Zombies have ended and their parent has not noticed: some come and go, a growing number"
                + " is a defect of the parent.")
        .unit(Unit.NONE)
        .decimals(0)
        .from(0)
        .without("the processes collector is off: node_exporter needs --collector.processes")
        .asks(
            Query.of(here("node_processes_pids"), "all"),
            Query.of(here("node_procs_running"), "running"),
            Query.of(here("node_procs_blocked"), "waiting for a disk"),
            Query.of(zombies, "zombies"));
  }

  static Panel networkTrouble() {
    return timeseries("Network trouble")
        .subtitle("packets lost or resent")
        .says("Should be near zero. Resent segments point at the way, drops at this machine.")
        .unit(Unit.PER_SECOND)
        .decimals(2)
        .from(0)
        .asks(
            Query.of("sum(" + rate(here("node_network_receive_errs_total")) + ")", "errors in"),
            Query.of("sum(" + rate(here("node_network_transmit_errs_total")) + ")", "errors out"),
            Query.of("sum(" + rate(here("node_network_receive_drop_total")) + ")", "dropped in"),
            Query.of("sum(" + rate(here("node_network_transmit_drop_total")) + ")", "dropped out"),
            Query.of(rate(here("node_netstat_Tcp_RetransSegs")), "TCP resent"));
  }

  static Panel memoryInDetail() {
    return timeseries("Swap and dirty memory")
        .subtitle("bytes")
        .says(
            "Swap in use: memory was short at some time. Dirty: waits to be written to disk. Slab: the"
                + " kernel's own.")
        .unit(Unit.BYTES)
        .decimals(1)
        .from(0)
        .asks(
            Query.of(
                here("node_memory_SwapTotal_bytes") + " - " + here("node_memory_SwapFree_bytes"),
                "swap used"),
            Query.of(here("node_memory_Dirty_bytes"), "dirty"),
            Query.of(here("node_memory_Slab_bytes"), "slab"),
            Query.of(here("node_memory_Shmem_bytes"), "shared"));
  }

  static Panel kernelWork() {
    return timeseries("Kernel work")
        .subtitle("each second")
        .says("Interrupts, context switches and new processes.")
        .unit(Unit.SHORT)
        .decimals(0)
        .from(0)
        .asks(
            Query.of(rate(here("node_intr_total")), "interrupts"),
            Query.of(rate(here("node_context_switches_total")), "context switches"),
            Query.of(rate(here("node_forks_total")), "new processes"));
  }

  static Panel openFiles() {
    return timeseries("Sockets and files")
        .subtitle("open now")
        .says("Open files of the whole machine, and TCP connections. A steady climb is a leak.")
        .unit(Unit.SHORT)
        .decimals(0)
        .from(0)
        .asks(
            Query.of(here("node_filefd_allocated"), "files"),
            Query.of(here("node_netstat_Tcp_CurrEstab"), "TCP connections"),
            Query.of(here("node_sockstat_TCP_tw"), "TCP closing"));
  }
}
