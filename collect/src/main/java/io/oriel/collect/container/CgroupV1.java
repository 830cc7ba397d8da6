package io.oriel.collect.container;

import io.oriel.collect.container.Usage.DiskUse;
import java.util.HashMap;
import java.util.Map;

/** Reads a container's figures from version 1's folders: one a controller. */
final class CgroupV1 implements CgroupReader {
  private static final double NANO = 1e9;
  private static final double TICKS = 100; // a second, in what the kernel tells to people

  private final KernelText text;
  private final String cpu;
  private final String accounting;
  private final String memory;
  private final String blocks;
  private final String processes;

  /**
   * @param root where each controller is a folder
   * @param paths of the container, by controller
   */
  CgroupV1(KernelText text, String root, Map<String, String> paths) {
    this.text = text;
    this.cpu = folder(root, "cpu", paths);
    this.accounting = folder(root, "cpuacct", paths);
    this.memory = folder(root, "memory", paths);
    this.blocks = folder(root, "blkio", paths);
    this.processes = folder(root, "pids", paths);
  }

  private static String folder(String root, String controller, Map<String, String> paths) {
    return root + "/" + controller + paths.getOrDefault(controller, "/");
  }

  @Override
  public String folder() {
    return memory;
  }

  @Override
  public boolean read(Usage into) {
    if (!text.read(accounting + "/cpuacct.usage")) return false;
    cpu(into);
    memory(into);
    disks(into);
    if (text.read(processes + "/pids.current")) into.set(Figure.THREADS, text.number());
    if (text.read(processes + "/pids.max")) into.set(Figure.THREADS_MAX, text.number());
    return true;
  }

  private void cpu(Usage into) {
    into.set(Figure.CPU_USAGE, text.number() / NANO);
    if (text.read(accounting + "/cpuacct.stat")) {
      into.set(Figure.CPU_USER, text.field("user") / TICKS);
      into.set(Figure.CPU_SYSTEM, text.field("system") / TICKS);
    }
    if (text.read(cpu + "/cpu.shares")) into.set(Figure.CPU_SHARES, text.number());
    if (!text.read(cpu + "/cpu.cfs_quota_us") || Double.isNaN(text.number())) return; // -1: none
    into.set(Figure.CPU_QUOTA, text.number());
    if (text.read(cpu + "/cpu.cfs_period_us")) into.set(Figure.CPU_PERIOD, text.number());
    if (!text.read(cpu + "/cpu.stat")) return;
    into.set(Figure.CPU_PERIODS, text.field("nr_periods"));
    into.set(Figure.CPU_THROTTLED_PERIODS, text.field("nr_throttled"));
    into.set(Figure.CPU_THROTTLED, text.field("throttled_time") / NANO);
  }

  private void memory(Usage into) {
    if (text.read(memory + "/memory.usage_in_bytes")) into.set(Figure.MEMORY, text.number());
    if (text.read(memory + "/memory.stat")) memoryStat(into);
    into.workingSet();
    if (text.read(memory + "/memory.kmem.usage_in_bytes")) into.set(Figure.KERNEL, text.number());
    if (text.read(memory + "/memory.max_usage_in_bytes")) into.set(Figure.PEAK, text.number());
    if (text.read(memory + "/memory.failcnt")) into.set(Figure.FAILED_CHARGES, text.number());
    if (text.read(memory + "/memory.oom_control")) {
      into.set(Figure.OOM_KILLS, text.field("oom_kill"));
    }
    if (text.read(memory + "/memory.limit_in_bytes")) into.set(Figure.MEMORY_LIMIT, text.limit());
    if (text.read(memory + "/memory.memsw.limit_in_bytes")) {
      into.set(Figure.SWAP_LIMIT, text.limit());
    }
    if (text.read(memory + "/memory.soft_limit_in_bytes")) {
      into.set(Figure.RESERVATION, text.limit());
    }
  }

  /** What begins by total_ is with the groups below, as the limit counts it. */
  private void memoryStat(Usage into) {
    into.set(Figure.CACHE, text.field("total_cache"));
    into.set(Figure.RSS, text.field("total_rss"));
    into.set(Figure.MAPPED, text.field("total_mapped_file"));
    into.set(Figure.DIRTY, text.field("total_dirty"));
    into.set(Figure.WRITEBACK, text.field("total_writeback"));
    into.set(Figure.FAULTS, text.field("total_pgfault"));
    into.set(Figure.MAJOR_FAULTS, text.field("total_pgmajfault"));
    into.set(Figure.INACTIVE_FILE, text.field("total_inactive_file"));
    into.set(Figure.ACTIVE_FILE, text.field("total_active_file"));
    into.set(Figure.SWAP, text.field("total_swap"));
  }

  private void disks(Usage into) {
    var bytes = new HashMap<String, double[]>();
    if (text.read(blocks + "/blkio.throttle.io_service_bytes_recursive")) add(bytes, 0);
    if (text.read(blocks + "/blkio.throttle.io_serviced_recursive")) add(bytes, 2);
    bytes.forEach((disk, values) ->
        into.disks().add(new DiskUse(disk, values[0], values[1], values[2], values[3])));
  }

  /** Lines {@code 259:0 Read 823296}; those of Sync, Async and Total say it once more. */
  private void add(Map<String, double[]> disks, int at) {
    while (text.line()) {
      String[] words = text.words();
      if (words.length != 3) continue;
      int column = words[1].equals("Read") ? at : words[1].equals("Write") ? at + 1 : -1;
      if (column < 0) continue;
      disks.computeIfAbsent(words[0], _ -> new double[4])[column] = parse(words[2]);
    }
  }

  private static double parse(String number) {
    try {
      return Double.parseDouble(number);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
