package io.oriel.simulate.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A GPU: power follows what is computed, heat follows power, clocks give way to heat. The figures
 * at rest and under load are those of a real H200 (78 W and 28 degrees; 627 W and 52 degrees).
 */
public final class GpuState {
  public static final long TOTAL_BYTES = 150_754_820_096L; // 143771 MiB
  public static final long RESERVED_BYTES = 643_825_664L;

  /** What the driver takes beside the processes as soon as there are any. */
  public static final long DRIVER_BYTES = 20_971_520L;

  public static final double POWER_LIMIT = 700;
  public static final int FASTEST_MHZ = 1980;
  public static final int SLOWEST_MHZ = 345;
  public static final int MEMORY_MHZ = 3201;
  public static final int SLOWDOWN_CELSIUS = 87;

  private static final double REST_WATTS = 78;
  private static final double LOADED_WATTS = 34; // more, once a process holds it
  private static final double INLET = 24.6;
  private static final double DEGREES_A_WATT = 0.0437;
  private static final double HOT_DEGREES_A_WATT = 0.15;
  private static final double HEAT_SHARE = 1 / 45.0; // a second of the way to where it tends
  private static final double POWER_SHARE = 1 / 2.0;
  private static final double BUSY_SHARE = 1 / 3.0;
  private static final double HELD_BACK = 0.45;

  private final int index;
  private final String uuid;
  private final String serial;
  private final List<GpuProcess> processes = new ArrayList<>();
  private long processBytes;
  private double busy;
  private double intensity;
  private double watts = REST_WATTS;
  private double celsius = 28;
  private double joules;
  private double inlet = INLET;
  private boolean isCooled = true;
  private boolean isHot;
  private double hotSeconds;
  private double cappedSeconds;
  private double activeSeconds; // what the monitors add up, as shares of a second
  private double tensorSeconds;
  private double memorySeconds;
  private double linkBytes;
  private double pcieBytes;

  GpuState(long seed, int index) {
    this.index = index;
    String digits = Chance.hex(seed ^ 0x475055L, index, 32);
    this.uuid =
        "GPU-%s-%s-%s-%s-%s"
            .formatted(
                digits.substring(0, 8),
                digits.substring(8, 12),
                digits.substring(12, 16),
                digits.substring(16, 20),
                digits.substring(20));
    this.serial = "165" + Math.floorMod(Chance.mix(seed, index), 10_000_000_000L);
  }

  public int index() {
    return index;
  }

  /** {@code GPU-...}. */
  public String uuid() {
    return uuid;
  }

  public String serial() {
    return serial;
  }

  /** Those that hold memory now; read it before the world steps on. */
  public List<GpuProcess> processes() {
    return Collections.unmodifiableList(processes);
  }

  /** Without what is reserved. */
  public long usedBytes() {
    return processes.isEmpty() ? 0 : processBytes + DRIVER_BYTES;
  }

  /** Percent of time in which something ran. */
  public double utilization() {
    return 100 * busy;
  }

  /** Percent of time in which memory was read or written. */
  public double memoryUtilization() {
    return 100 * Math.min(1, busy * (0.25 + 0.4 * intensity));
  }

  public double watts() {
    return watts;
  }

  public double celsius() {
    return celsius;
  }

  public double memoryCelsius() {
    return 31 + 0.4 * (celsius - 28);
  }

  /** Since the driver was loaded. */
  public double joules() {
    return joules;
  }

  /** Held back by heat now. */
  public boolean isHot() {
    return isHot;
  }

  public boolean isCapped() {
    return watts > POWER_LIMIT - 4;
  }

  public boolean isIdle() {
    return busy < 0.01;
  }

  public int smMhz() {
    if (isHot) return 1_020;
    return isIdle() && processes.isEmpty() ? SLOWEST_MHZ : FASTEST_MHZ - (isCapped() ? 165 : 0);
  }

  public double hotSeconds() {
    return hotSeconds;
  }

  public double cappedSeconds() {
    return cappedSeconds;
  }

  public double activeSeconds() {
    return activeSeconds;
  }

  public double tensorSeconds() {
    return tensorSeconds;
  }

  public double memorySeconds() {
    return memorySeconds;
  }

  /** Over all its NVLinks, one way. */
  public double linkBytes() {
    return linkBytes;
  }

  /** One way. */
  public double pcieBytes() {
    return pcieBytes;
  }

  void cool(boolean cooled) {
    isCooled = cooled;
  }

  /** How much slower everything is on it. */
  double slowness() {
    return isHot ? 1 / HELD_BACK : 1;
  }

  void clearProcesses() {
    processes.clear();
    processBytes = 0;
  }

  void add(GpuProcess process) {
    processes.add(process);
    processBytes += process.bytes();
  }

  long free() {
    return TOTAL_BYTES - RESERVED_BYTES - usedBytes();
  }

  void inlet(double celsiusMore) {
    inlet = INLET + celsiusMore + 0.25 * index; // those behind get warmer air
  }

  /**
   * A second goes by.
   *
   * @param wanted what its processes would compute: 0 nothing, 1 all it can
   * @param shared whether a model is spread over it and others
   */
  void second(double wanted, boolean shared) {
    double now = Math.min(1, wanted) * (isHot ? HELD_BACK : 1);
    intensity += (now - intensity) * POWER_SHARE;
    busy += ((wanted > 0 ? Math.min(1, 0.62 + 0.4 * wanted) : 0) - busy) * BUSY_SHARE;
    if (busy < 1e-4) busy = 0;
    double rest = REST_WATTS + (processes.isEmpty() ? 0 : LOADED_WATTS) + index;
    double target = Math.min(POWER_LIMIT - 2, rest + 640 * intensity);
    watts += (target - watts) * POWER_SHARE;
    double tends = inlet + watts * (isCooled ? DEGREES_A_WATT : HOT_DEGREES_A_WATT);
    celsius += (tends - celsius) * HEAT_SHARE;
    isHot = celsius >= (isHot ? SLOWDOWN_CELSIUS - 3 : SLOWDOWN_CELSIUS);
    add(shared);
  }

  private void add(boolean shared) {
    joules += watts;
    if (isHot) hotSeconds++;
    if (isCapped()) cappedSeconds++;
    activeSeconds += busy * 0.94;
    tensorSeconds += intensity * 0.38;
    memorySeconds += busy * (0.25 + 0.4 * intensity);
    if (shared) linkBytes += busy * 38e9 * intensity;
    pcieBytes += 2e4 + busy * 6e6;
  }
}
