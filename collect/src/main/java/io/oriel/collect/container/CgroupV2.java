package io.oriel.collect.container;

import io.oriel.collect.container.Usage.DiskUse;

/** Reads a container's figures from its folder of control groups, version 2. */
final class CgroupV2 implements CgroupReader {
  private static final double MICRO = 1e6;

  private final KernelText text;
  private final String folder;

  CgroupV2(KernelText text, String folder) {
    this.text = text;
    this.folder = folder;
  }

  @Override
  public String folder() {
    return folder;
  }

  @Override
  public boolean read(Usage into) {
    if (!text.read(folder + "/cpu.stat")) return false;
    cpu(into);
    memory(into);
    if (text.read(folder + "/io.stat")) disks(into);
    if (text.read(folder + "/pids.current")) into.set(Figure.THREADS, text.number());
    if (text.read(folder + "/pids.max")) into.set(Figure.THREADS_MAX, text.number());
    pressure(into, "/cpu.pressure", Figure.CPU_WAITING, Figure.CPU_STALLED);
    pressure(into, "/memory.pressure", Figure.MEMORY_WAITING, Figure.MEMORY_STALLED);
    pressure(into, "/io.pressure", Figure.IO_WAITING, Figure.IO_STALLED);
    return true;
  }

  private void cpu(Usage into) {
    into.set(Figure.CPU_USAGE, text.field("usage_usec") / MICRO);
    into.set(Figure.CPU_USER, text.field("user_usec") / MICRO);
    into.set(Figure.CPU_SYSTEM, text.field("system_usec") / MICRO);
    double periods = text.field("nr_periods");
    double throttledPeriods = text.field("nr_throttled");
    double throttled = text.field("throttled_usec") / MICRO;
    double bursts = text.field("nr_bursts");
    double burst = text.field("burst_usec") / MICRO;
    if (text.read(folder + "/cpu.weight")) into.set(Figure.CPU_SHARES, shares(text.number()));
    if (!text.read(folder + "/cpu.max")) return;
    double quota = text.number();
    if (Double.isNaN(quota)) return; // "max": without a quota nothing is held back
    into.set(Figure.CPU_QUOTA, quota);
    text.line();
    String[] words = text.words();
    into.set(Figure.CPU_PERIOD, words.length < 2 ? Double.NaN : Double.parseDouble(words[1]));
    into.set(Figure.CPU_PERIODS, periods);
    into.set(Figure.CPU_THROTTLED_PERIODS, throttledPeriods);
    into.set(Figure.CPU_THROTTLED, throttled);
    into.set(Figure.CPU_BURSTS, bursts);
    into.set(Figure.CPU_BURST, burst);
  }

  /** Version 2 has weights 1 to 10000 for version 1's shares 2 to 262144. */
  private static double shares(double weight) {
    return Math.floor(2 + (weight - 1) * 262_142 / 9_999);
  }

  private void memory(Usage into) {
    if (text.read(folder + "/memory.current")) into.set(Figure.MEMORY, text.number());
    if (text.read(folder + "/memory.stat")) memoryStat(into);
    into.workingSet();
    if (text.read(folder + "/memory.swap.current")) into.set(Figure.SWAP, text.number());
    if (text.read(folder + "/memory.peak")) into.set(Figure.PEAK, text.number());
    if (text.read(folder + "/memory.events")) {
      into.set(Figure.MET_HIGH, text.field("high"));
      into.set(Figure.MET_MAX, text.field("max"));
      into.set(Figure.OOM_KILLS, text.field("oom_kill"));
    }
    if (text.read(folder + "/memory.max")) into.set(Figure.MEMORY_LIMIT, text.number());
    if (text.read(folder + "/memory.swap.max")) into.set(Figure.SWAP_LIMIT, text.number());
    if (text.read(folder + "/memory.low") && text.number() > 0) {
      into.set(Figure.RESERVATION, text.number());
    }
  }

  /** In the kernel's order, so that each is found behind the last. */
  private void memoryStat(Usage into) {
    into.set(Figure.RSS, text.field("anon"));
    into.set(Figure.CACHE, text.field("file"));
    into.set(Figure.KERNEL, text.field("kernel"));
    into.set(Figure.MAPPED, text.field("file_mapped"));
    into.set(Figure.DIRTY, text.field("file_dirty"));
    into.set(Figure.WRITEBACK, text.field("file_writeback"));
    into.set(Figure.INACTIVE_FILE, text.field("inactive_file"));
    into.set(Figure.ACTIVE_FILE, text.field("active_file"));
    into.set(Figure.REFAULT_ANON, text.field("workingset_refault_anon"));
    into.set(Figure.REFAULT_FILE, text.field("workingset_refault_file"));
    into.set(Figure.SCANNED, text.field("pgscan"));
    into.set(Figure.STOLEN, text.field("pgsteal"));
    into.set(Figure.FAULTS, text.field("pgfault"));
    into.set(Figure.MAJOR_FAULTS, text.field("pgmajfault"));
  }

  /** {@code 259:8 rbytes=74526720 wbytes=3789381632 rios=2936 wios=181928 dbytes=0 dios=0}. */
  private void disks(Usage into) {
    while (text.line()) {
      String[] words = text.words();
      if (words.length < 5) continue; // a disk that was never touched has only its numbers
      double[] values = new double[4];
      for (String word : words) {
        if (word.startsWith("rbytes=")) values[0] = value(word);
        if (word.startsWith("wbytes=")) values[1] = value(word);
        if (word.startsWith("rios=")) values[2] = value(word);
        if (word.startsWith("wios=")) values[3] = value(word);
      }
      into.disks().add(new DiskUse(words[0], values[0], values[1], values[2], values[3]));
    }
  }

  private static double value(String word) {
    try {
      return Double.parseDouble(word.substring(word.indexOf('=') + 1));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private void pressure(Usage into, String file, Figure some, Figure full) {
    if (!text.read(folder + file)) return;
    into.set(some, text.after("some", "total=") / MICRO);
    into.set(full, text.after("full", "total=") / MICRO);
  }
}
