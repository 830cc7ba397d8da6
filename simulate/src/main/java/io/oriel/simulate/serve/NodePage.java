package io.oriel.simulate.serve;

import io.oriel.simulate.http.Answer;
import io.oriel.simulate.http.Answering;
import io.oriel.simulate.http.Question;
import io.oriel.simulate.page.Cell;
import io.oriel.simulate.page.Family;
import io.oriel.simulate.page.MetricsPage;
import io.oriel.simulate.page.Numbers;
import io.oriel.simulate.world.Fleet;
import io.oriel.simulate.world.SimContainer;
import io.oriel.simulate.world.World;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** The page of the node exporter on the simulated machine: what its containers take, summed up. */
final class NodePage implements Answering {
  static final String KERNEL = "6.8.0-90-generic";
  private static final String[] MODES = {
    "idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user"
  };
  private static final String[] DISKS = {"nvme0n1", "nvme1n1"};
  private static final String[] INTERFACES = {"eno1", "docker0", "lo"};
  private static final double TIB = 1L << 40;

  private final World world;
  private final MetricsPage page;
  private final Cell[][] cpus = new Cell[Fleet.CPUS][MODES.length];
  private final Map<Cell, DoubleSupplier> rest = new LinkedHashMap<>();
  private long summedAt = -1;
  private double cpuSeconds;
  private double memory;
  private double received;
  private double sent;
  private double written;
  private double logged;

  NodePage(World world) {
    this.world = world;
    this.page = new MetricsPage(Numbers.GO, false, world::nowMs);
    cpus();
    machine();
    memory();
    fileSystems();
    disks();
    networks();
  }

  private void is(Cell cell, DoubleSupplier value) {
    rest.put(cell, value);
  }

  private Cell gauge(String name, String help, String... labels) {
    return page.gauge(name, help).cell(labels);
  }

  private void cpus() {
    Family family = page.counter("node_cpu_seconds_total", "Seconds the CPUs spent in each mode.");
    for (int cpu = 0; cpu < Fleet.CPUS; cpu++) {
      for (int mode = 0; mode < MODES.length; mode++) {
        cpus[cpu][mode] = family.cell("cpu", String.valueOf(cpu), "mode", MODES[mode]);
      }
    }
  }

  private void machine() {
    gauge(
            "node_uname_info",
            "Labeled system information as provided by the uname system call.",
            "domainname",
            "(none)",
            "machine",
            "x86_64",
            "nodename",
            Fleet.HOST,
            "release",
            KERNEL,
            "sysname",
            "Linux",
            "version",
            "#91-Ubuntu SMP")
        .set(1);
    is(
        gauge("node_boot_time_seconds", "Node boot time, in unixtime."),
        () -> world.bootMs() / 1000.0);
    is(
        gauge("node_time_seconds", "System time in seconds since epoch (1970)."),
        () -> world.nowMs() / 1000.0);
    is(gauge("node_load1", "1m load average."), () -> 11.2 + 0.4 * running());
    is(gauge("node_load5", "5m load average."), () -> 11.0 + 0.3 * running());
    is(gauge("node_load15", "15m load average."), () -> 10.9 + 0.2 * running());
    is(
        page.counter("node_context_switches_total", "Total number of context switches.").cell(),
        () -> Math.floor(up() * 84_000 + cpuSeconds * 900));
    is(
        page.counter("node_intr_total", "Total number of interrupts serviced.").cell(),
        () -> Math.floor(up() * 61_000 + cpuSeconds * 400));
    is(
        page.counter("node_forks_total", "Total number of forks.").cell(),
        () -> Math.floor(up() * 3.1));
    is(gauge("node_procs_running", "Number of processes in runnable state."), () -> 11 + running());
    gauge("node_procs_blocked", "Number of processes blocked waiting for I/O to complete.");
    gauge("node_filefd_allocated", "File descriptor statistics: allocated.").set(24_640);
    gauge("node_filefd_maximum", "File descriptor statistics: maximum.").set(9.223372036854776e18);
    gauge(
            "node_exporter_build_info",
            "A metric with a constant '1' value labeled by version, revision, branch, goversion from which node_exporter was built, and the goos and goarch for the build.",
            "branch",
            "HEAD",
            "goarch",
            "amd64",
            "goos",
            "linux",
            "goversion",
            "go1.26.2",
            "revision",
            "a7dcc3a0",
            "tags",
            "unknown",
            "version",
            "1.12.1")
        .set(1);
    Family pressure =
        page.counter(
            "node_pressure_cpu_waiting_seconds_total",
            "Total time in seconds that processes have waited for CPU time");
    is(pressure.cell(), () -> Math.floor(up() * 0.004));
    is(
        page.counter(
                "node_pressure_memory_waiting_seconds_total",
                "Total time in seconds that processes have waited for memory")
            .cell(),
        () -> 0);
    is(
        page.counter(
                "node_pressure_io_waiting_seconds_total",
                "Total time in seconds that processes have waited due to IO congestion")
            .cell(),
        () -> Math.floor(up() * 0.001));
  }

  private int running() {
    return world.servers().stream().mapToInt(each -> each.running().size()).sum();
  }

  private double up() {
    return Math.max(0, world.nowMs() - world.bootMs()) / 1000.0;
  }

  private void bytes(String name, DoubleSupplier value) {
    is(
        gauge("node_memory_" + name + "_bytes", "Memory information field " + name + "_bytes."),
        value);
  }

  private void memory() {
    double total = Fleet.MEMORY;
    double cached = 0.31 * total;
    bytes("MemTotal", () -> total);
    bytes("MemAvailable", () -> total - memory - 9e9);
    bytes("MemFree", () -> total - memory - cached - 9e9);
    bytes("Buffers", () -> 1_420_000_000.0);
    bytes("Cached", () -> cached);
    bytes("Slab", () -> 18_200_000_000.0);
    bytes("SReclaimable", () -> 15_900_000_000.0);
    bytes("SwapTotal", () -> 8_589_930_496.0);
    bytes("SwapFree", () -> 8_589_930_496.0);
    bytes("Active", () -> 0.2 * total);
    bytes("Inactive", () -> 0.18 * total);
    bytes("AnonPages", () -> memory * 0.7);
    bytes("Mapped", () -> memory * 0.1);
    bytes("Shmem", () -> 26_000_000_000.0);
    bytes("Dirty", () -> 4_200_000.0);
    bytes("Writeback", () -> 0);
    bytes("PageTables", () -> 1_100_000_000.0);
    bytes("KernelStack", () -> 92_000_000.0);
    bytes("Committed_AS", () -> memory * 1.9);
  }

  private void fileSystems() {
    String[][] mounts = {
      {"device", "/dev/nvme0n1p2", "device_error", "", "fstype", "ext4", "mountpoint", "/"},
      {"device", "/dev/nvme1n1", "device_error", "", "fstype", "xfs", "mountpoint", "/srv"}
    };
    double[] sizes = {1.7 * TIB, 13.9 * TIB};
    double[] used = {0.61 * TIB, 6.4 * TIB};
    Family size = page.gauge("node_filesystem_size_bytes", "Filesystem size in bytes.");
    Family free = page.gauge("node_filesystem_free_bytes", "Filesystem free space in bytes.");
    Family available =
        page.gauge(
            "node_filesystem_avail_bytes",
            "Filesystem space available to non-root users in bytes.");
    Family files = page.gauge("node_filesystem_files", "Filesystem total file nodes.");
    Family freeFiles =
        page.gauge("node_filesystem_files_free", "Filesystem total free file nodes.");
    Family readOnly = page.gauge("node_filesystem_readonly", "Filesystem read-only status.");
    Family error =
        page.gauge(
            "node_filesystem_device_error",
            "Whether an error occurred while getting statistics for the given device.");
    for (int i = 0; i < mounts.length; i++) {
      double all = Math.floor(sizes[i]);
      double taken = used[i];
      boolean holdsLogs = i == 0;
      size.cell(mounts[i]).set(all);
      is(free.cell(mounts[i]), () -> Math.floor(all - taken - (holdsLogs ? logged : written)));
      is(
          available.cell(mounts[i]),
          () -> Math.floor(all * 0.95 - taken - (holdsLogs ? logged : written)));
      files.cell(mounts[i]).set(1.2e8);
      freeFiles.cell(mounts[i]).set(1.17e8);
      readOnly.cell(mounts[i]);
      error.cell(mounts[i]);
    }
  }

  private void disks() {
    Family reads =
        page.counter("node_disk_read_bytes_total", "The total number of bytes read successfully.");
    Family writes =
        page.counter(
            "node_disk_written_bytes_total", "The total number of bytes written successfully.");
    Family readCount =
        page.counter(
            "node_disk_reads_completed_total", "The total number of reads completed successfully.");
    Family writeCount =
        page.counter(
            "node_disk_writes_completed_total",
            "The total number of writes completed successfully.");
    Family busy =
        page.counter("node_disk_io_time_seconds_total", "Total seconds spent doing I/Os.");
    for (String disk : DISKS) {
      double share = disk.equals(DISKS[0]) ? 0.4 : 0.6;
      is(reads.cell("device", disk), () -> Math.floor(4.1e12 * share + up() * 14_000));
      is(
          writes.cell("device", disk),
          () -> Math.floor(2.2e12 * share + (written + logged) * share));
      is(readCount.cell("device", disk), () -> Math.floor(6.2e7 * share + up() * 0.4));
      is(writeCount.cell("device", disk), () -> Math.floor(9.4e7 * share + up() * 22 * share));
      is(busy.cell("device", disk), () -> Math.floor(up() * 0.012 * share * 1000) / 1000);
    }
  }

  private void networks() {
    Family in =
        page.counter("node_network_receive_bytes_total", "Network device statistic receive_bytes.");
    Family out =
        page.counter(
            "node_network_transmit_bytes_total", "Network device statistic transmit_bytes.");
    Family inPackets =
        page.counter(
            "node_network_receive_packets_total", "Network device statistic receive_packets.");
    Family outPackets =
        page.counter(
            "node_network_transmit_packets_total", "Network device statistic transmit_packets.");
    Family inErrors =
        page.counter("node_network_receive_errs_total", "Network device statistic receive_errs.");
    Family outErrors =
        page.counter("node_network_transmit_errs_total", "Network device statistic transmit_errs.");
    Family isUp = page.gauge("node_network_up", "Value is 1 if operstate is 'up', 0 otherwise.");
    for (String device : INTERFACES) {
      is(in.cell("device", device), () -> Math.floor(received));
      is(out.cell("device", device), () -> Math.floor(sent));
      is(inPackets.cell("device", device), () -> Math.floor(received / 720));
      is(outPackets.cell("device", device), () -> Math.floor(sent / 840));
      inErrors.cell("device", device);
      outErrors.cell("device", device);
      isUp.cell("device", device).set(device.equals("lo") ? 0 : 1);
    }
  }

  int series() {
    return page.size();
  }

  @Override
  public Answer answer(Question question) {
    if (!question.path().equals("/metrics")) return Answer.NOT_FOUND;
    sum();
    double used = up() * 0.15 * Fleet.CPUS + cpuSeconds * 0.02; // outlives restarts of containers
    for (int cpu = 0; cpu < Fleet.CPUS; cpu++) cpu(cpus[cpu], used / Fleet.CPUS, cpu);
    rest.forEach((cell, value) -> cell.set(value.getAsDouble()));
    return Answer.metrics(page.toBytes());
  }

  private void cpu(Cell[] modes, double used, int number) {
    double mine = used * (1 + 0.2 * Math.sin(number));
    double up = up();
    modes[1].set(hundredths(up * 0.0012));
    modes[2].set(0);
    modes[3].set(hundredths(up * 0.0001));
    modes[4].set(hundredths(up * 0.0021));
    modes[5].set(0);
    modes[6].set(hundredths(mine * 0.24));
    modes[7].set(hundredths(mine * 0.76));
    modes[0].set(hundredths(Math.max(0, up * 0.9945 - mine)));
  }

  private static double hundredths(double seconds) {
    return Math.floor(seconds * 100) / 100;
  }

  private void sum() {
    if (summedAt == world.nowMs()) return;
    double newCpu = 0;
    double newReceived = 0;
    double newSent = 0;
    double newWritten = 0;
    memory = 0;
    logged = 0;
    for (SimContainer each : world.daemon().containers()) {
      newCpu += each.cpuSeconds();
      memory += each.memoryBytes();
      newReceived += each.receivedBytes();
      newSent += each.sentBytes();
      newWritten += each.writtenBytes();
      logged += each.loggedBytes();
    }
    cpuSeconds = Math.max(cpuSeconds, newCpu);
    received = Math.max(received, newReceived);
    sent = Math.max(sent, newSent);
    written = Math.max(written, newWritten);
    summedAt = world.nowMs();
  }
}
