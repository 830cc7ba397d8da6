package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.util.List;

/** Time of each CPU by what it was spent on; the sum line of the kernel is left out. */
final class Cpu implements Part {
  private static final Metric SECONDS =
      Metric.counter("node_cpu_seconds_total", "Seconds each CPU spent in each mode.");
  private static final Metric GUEST =
      Metric.counter(
          "node_cpu_guest_seconds_total",
          "Seconds each CPU spent running guests; they are part of user and nice too.");
  private static final String[] MODES = {
    "user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"
  };
  private static final int IDLE = 3;
  private static final int COLUMNS = 10; // the modes, guest, guest of nice
  private static final double HZ = 100; // USER_HZ, on every Linux
  private static final long UNPLUGGED = 300; // ticks: idle falls so far only when a CPU was away

  /** What is kept of a CPU: its labels, and its counters so that they never step back. */
  private static final class Core {
    final Labels[] modes = new Labels[MODES.length];
    final Labels guestUser;
    final Labels guestNice;
    final long[] ticks = new long[COLUMNS];

    Core(String cpu) {
      for (int i = 0; i < MODES.length; i++) modes[i] = Labels.of("cpu", cpu, "mode", MODES[i]);
      guestUser = Labels.of("cpu", cpu, "mode", "user");
      guestNice = Labels.of("cpu", cpu, "mode", "nice");
    }

    /** The kernel's iowait is known to step back a little; a CPU that was away starts again. */
    void update(Text text, long[] fresh) {
      for (int i = 0; i < COLUMNS; i++) fresh[i] = text.number();
      boolean again = ticks[IDLE] - fresh[IDLE] >= UNPLUGGED;
      for (int i = 0; i < COLUMNS; i++) {
        if (again || fresh[i] > ticks[i]) ticks[i] = fresh[i];
      }
    }
  }

  private final KernelFiles.KeptFile stat;
  private final CpuSwitches switches;
  private final CpuThrottles throttles;
  private final Known<Core> cores = new Known<>(Core::new);
  private final long[] fresh = new long[COLUMNS];

  Cpu(KernelFiles files, Roots roots) {
    this.stat = files.keep(roots.proc("stat"));
    this.switches = new CpuSwitches(files, roots);
    this.throttles = new CpuThrottles(files, roots);
  }

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public List<Metric> metrics() {
    return List.of(
        SECONDS,
        GUEST,
        CpuSwitches.ONLINE,
        CpuSwitches.ISOLATED,
        CpuThrottles.CORE,
        CpuThrottles.PACKAGE);
  }

  @Override
  public void read(Readings out) throws Unreadable {
    Text text = stat.read();
    while (text.line() && text.word()) {
      if (!text.wordStarts("cpu")) break; // the CPUs come first
      if (text.wordIs("cpu")) continue;
      text.trimStart(3);
      Core core = cores.of(text);
      core.update(text, fresh);
      tell(core, out);
    }
    switches.tell(out);
    throttles.tell(out);
  }

  private static void tell(Core core, Readings out) {
    for (int i = 0; i < MODES.length; i++) {
      out.tell(SECONDS, core.modes[i], core.ticks[i] / HZ);
    }
    out.tell(GUEST, core.guestUser, core.ticks[8] / HZ);
    out.tell(GUEST, core.guestNice, core.ticks[9] / HZ);
  }
}
