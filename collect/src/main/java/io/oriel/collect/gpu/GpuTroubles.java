package io.oriel.collect.gpu;

import static io.oriel.collect.gpu.GpuTroubles.Kind.CLOCK_EVENT;
import static io.oriel.collect.gpu.GpuTroubles.Kind.MEMORY;
import static io.oriel.collect.gpu.GpuTroubles.Kind.XID;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What GPUs complain of, in words and with what to do: XID codes, what holds clocks down, and
 * errors of the memory. One table, for logs, series, pages and runbooks. The codes' meanings follow
 * NVIDIA's catalogue of XIDs for Ampere and newer GPUs; the sentences are ours.
 */
public final class GpuTroubles {
  static final long IDLE = 0x1;
  static final long APPLICATION_CLOCKS = 0x2;
  static final long SW_POWER_CAP = 0x4;
  static final long HW_SLOWDOWN = 0x8;
  static final long SYNC_BOOST = 0x10;
  static final long SW_THERMAL = 0x20;
  static final long HW_THERMAL = 0x40;
  static final long HW_POWER_BRAKE = 0x80;
  static final long DISPLAY_CLOCKS = 0x100;

  /** Which table a code belongs to. */
  public enum Kind {
    /** An XID of the driver; the code is its number. */
    XID,
    /** What holds the clocks down; the code is NVML's bit. */
    CLOCK_EVENT,
    /** Errors of the memory; the code is a number of ours. */
    MEMORY
  }

  /**
   * One complaint.
   *
   * @param name two or three words
   * @param action what to do; {@code nothing to do} where it is ordinary
   */
  public record Trouble(Kind kind, long code, String name, String meaning, String action) {}

  private static final String APP = "look at the program that was running; restart it";
  private static final String RESET =
      "stop what uses the GPU and reset it (nvidia-smi --gpu-reset)";
  private static final String REBOOT = "drain the node and reboot it";
  private static final String RESET_THEN_BOARD =
      RESET + "; if it comes again, have the board replaced";
  private static final String LINK =
      "look at nvidia-smi nvlink -e and at the fabric manager's log; reset all linked GPUs together";
  private static final String NOTHING = "nothing to do";
  private static final String SUPPORT =
      "keep nvidia-bug-report.sh's output; update the driver, and ask NVIDIA if it comes again";

  /** XID codes. */
  public static final List<Trouble> XIDS =
      List.of(
          xid(8, "GPU stopped", "the GPU stopped working on a program", APP),
          xid(11, "invalid command stream", "a program or library sent broken commands", APP),
          xid(
              13,
              "graphics engine exception",
              "a kernel went wrong: often an index out of bounds, an illegal instruction",
              APP + "; compute-sanitizer finds the place"),
          xid(
              31,
              "memory page fault",
              "a kernel touched an address that is not its own",
              APP + "; compute-sanitizer finds the place"),
          xid(
              32,
              "corrupted push buffer",
              "the stream of commands arrived broken: PCIe, or the driver",
              RESET + "; look at the PCIe replay counter"),
          xid(38, "driver firmware error", "the driver's firmware failed", SUPPORT),
          xid(39, "copy engine exception", "a copy between memories failed", APP),
          xid(
              43,
              "GPU stopped processing",
              "a program's error ended its own work; others go on",
              APP),
          xid(44, "context switch fault", "switching between programs failed", RESET),
          xid(
              45,
              "preemptive clean-up",
              "a program was ended from outside or after another error",
              "look for the XID just before it; without one, somebody stopped the program"),
          xid(46, "GPU stopped processing", "the GPU did not answer the driver in time", RESET),
          xid(
              48,
              "double bit ECC error",
              "memory lost data that ECC could not mend",
              RESET + "; look at remapped rows after it"),
          xid(
              54,
              "auxiliary power missing",
              "the board's power cable is loose or missing",
              "switch off and look at the power cables"),
          xid(
              57,
              "memory training error",
              "the memory could not be brought up to speed",
              RESET_THEN_BOARD),
          xid(
              58,
              "unstable memory interface",
              "the interface of the memory is not stable",
              RESET_THEN_BOARD),
          xid(
              61,
              "microcontroller breakpoint",
              "the GPU's own controller warned and stopped",
              RESET),
          xid(62, "microcontroller halt", "the GPU's own controller halted", RESET_THEN_BOARD),
          xid(
              63,
              "row remapping",
              "a bad row of memory will be replaced by a spare one",
              "programs may go on; reset the GPU at the next occasion, so that the spare row is used"),
          xid(
              64,
              "row remapping failed",
              "a bad row of memory could not be replaced",
              RESET_THEN_BOARD),
          xid(66, "illegal access by driver", "a protected register was touched", SUPPORT),
          xid(68, "video decoder exception", "the video decoder failed", APP),
          xid(69, "graphics engine class error", "a kernel used the engine wrongly", APP),
          xid(74, "NVLink error", "a link between GPUs or to a switch failed", LINK),
          xid(
              78,
              "vGPU start error",
              "a virtual GPU could not be started",
              "look at the vGPU manager's version and licence"),
          xid(
              79,
              "fallen off the bus",
              "the GPU does not answer on PCIe any more: power, heat, the slot or the board",
              REBOOT
                  + "; look at the kernel's log for PCIe errors, at power and cooling; if it comes again, have the board replaced"),
          xid(80, "corrupted data", "the GPU received broken data", RESET),
          xid(
              92,
              "many corrected ECC errors",
              "single bits fall over more often than they should",
              "watch it; have the board checked if it goes on"),
          xid(
              94,
              "contained ECC error",
              "memory lost data, and only the program that used it was ended",
              "restart that program; reset the GPU at the next occasion"),
          xid(
              95,
              "uncontained ECC error",
              "memory lost data, and which programs are hit is not known",
              RESET + "; all programs on the GPU must start anew"),
          xid(96, "video decoder exception", "the video decoder failed", APP),
          xid(
              109,
              "context switch timeout",
              "a program did not leave the GPU in time",
              APP + "; reset the GPU if it comes again"),
          xid(110, "security fault", "the GPU's security controller refused something", REBOOT),
          xid(
              119,
              "GSP timeout",
              "the GPU's system processor did not answer the driver",
              RESET + "; if it comes again, update the driver"),
          xid(
              120,
              "GSP error",
              "the GPU's system processor failed",
              RESET + "; if it comes again, update the driver"),
          xid(
              121,
              "corrected link error",
              "the link between CPU and GPU mended an error",
              "watch it; reset at the next occasion"),
          xid(122, "board controller read error", "the board's flash could not be read", SUPPORT),
          xid(123, "board controller error", "the board's power controller did not answer", RESET),
          xid(
              137,
              "NVLink peer fault",
              "a GPU touched a peer's memory that is not open to it",
              APP + "; look at the peers' XIDs"),
          xid(140, "unrecovered ECC error", "memory lost data beyond recovery", RESET_THEN_BOARD),
          xid(143, "GPU initialisation error", "the GPU could not be brought up", REBOOT),
          xid(144, "NVLink error", "a link's layer reported an error (SAW)", LINK),
          xid(145, "NVLink error", "a link's layer reported an error (RLW)", LINK),
          xid(146, "NVLink error", "a link's layer reported an error (TLW)", LINK),
          xid(147, "NVLink error", "a link's layer reported an error (TREX)", LINK),
          xid(148, "NVLink error", "a link's layer reported an error (NVLPW)", LINK),
          xid(149, "NVLink error", "a link's layer reported an error (NETIR)", LINK),
          xid(150, "NVLink error", "a link's layer reported an error (MSE)", LINK),
          xid(
              151,
              "key rotation error",
              "confidential computing could not change its keys",
              REBOOT),
          xid(
              154,
              "recovery action changed",
              "what the GPU needs to be well again has changed",
              "look at the series of the recovery action: reset, reboot, or drain"),
          xid(155, "NVLink event", "a link was taken down by software", LINK),
          xid(
              156,
              "resource retirement",
              "a faulty part of the GPU will be taken out of use",
              "reset the GPU at the next occasion"),
          xid(
              157,
              "resource retirement failed",
              "a faulty part of the GPU could not be taken out of use",
              RESET_THEN_BOARD),
          xid(158, "fatal timeout", "a part of the GPU did not answer in time", RESET_THEN_BOARD),
          xid(
              160,
              "channel retirement",
              "a channel of the memory will be taken out of use",
              "reset the GPU at the next occasion"),
          xid(
              161,
              "channel retirement failed",
              "a channel of the memory could not be taken out of use",
              RESET_THEN_BOARD));

  /** What holds the clocks down. */
  public static final List<Trouble> CLOCK_EVENTS =
      List.of(
          clocks(IDLE, "idle", "there is no work, and clocks rest", NOTHING),
          clocks(
              APPLICATION_CLOCKS,
              "application clocks",
              "somebody has set lower clocks",
              "nvidia-smi --reset-applications-clocks, if that is not meant"),
          clocks(
              SW_POWER_CAP,
              "power cap",
              "the power limit is reached",
              "ordinary under full load; raise the limit if the board may have more (nvidia-smi -pl)"),
          clocks(
              HW_SLOWDOWN,
              "hardware slowdown",
              "the hardware halves the clocks, or more: heat, power, or a signal from outside",
              "see which of heat and power brake stands beside it; look at cooling and power supplies"),
          clocks(
              SYNC_BOOST,
              "sync boost",
              "clocks follow the slowest GPU of a group",
              "look for the slowest of the group"),
          clocks(
              SW_THERMAL,
              "software thermal slowdown",
              "GPU or memory is near its highest temperature",
              "look at cooling: fans, filters, the room's air"),
          clocks(
              HW_THERMAL,
              "hardware thermal slowdown",
              "it is too hot, and the hardware halves the clocks",
              "cool it at once: fans, filters, the room's air; take load away"),
          clocks(
              HW_POWER_BRAKE,
              "power brake",
              "the system asked for less power: a supply failed or is overloaded",
              "look at the power supplies and the BMC's log"),
          clocks(DISPLAY_CLOCKS, "display clocks", "a display holds the clocks", NOTHING));

  /** Errors of the memory. */
  public static final List<Trouble> MEMORY_ERRORS =
      List.of(
          memory(
              1,
              "corrected ECC errors",
              "single bits were mended; no data are lost",
              "ordinary when rare; have the board checked when they come daily"),
          memory(
              2,
              "uncorrected ECC errors",
              "data were lost; programs on them were ended",
              RESET + "; look at remapped rows"),
          memory(
              3,
              "row remapping pending",
              "a spare row waits to take over from a bad one",
              "reset the GPU at the next occasion"),
          memory(
              4,
              "row remapping failed",
              "no spare row is left, or remapping itself failed",
              "have the board replaced"),
          memory(
              5,
              "few spare rows",
              "banks of the memory have few or no spare rows left",
              "plan for the board's replacement"),
          memory(
              6,
              "SRAM threshold passed",
              "the GPU's own memories had more errors than they should",
              "have the board replaced"));

  private static final Map<Long, Trouble> XID_BY_CODE =
      XIDS.stream().collect(Collectors.toMap(Trouble::code, Function.identity()));

  private GpuTroubles() {}

  /** What an XID means; of one that is not in the table, that it is not known. */
  public static Trouble xid(long code) {
    Trouble known = XID_BY_CODE.get(code);
    return known != null
        ? known
        : new Trouble(
            XID,
            code,
            "XID " + code,
            "not in Oriel's table",
            "look for NVRM in the kernel's log, and into NVIDIA's catalogue of XIDs");
  }

  /** What holds the clocks down, by NVML's bits: those that are set and known. */
  public static List<Trouble> clockEvents(long bits) {
    return CLOCK_EVENTS.stream().filter(each -> (each.code() & bits) != 0).toList();
  }

  private static Trouble xid(long code, String name, String meaning, String action) {
    return new Trouble(XID, code, name, meaning, action);
  }

  private static Trouble clocks(long bit, String name, String meaning, String action) {
    return new Trouble(CLOCK_EVENT, bit, name, meaning, action);
  }

  private static Trouble memory(long code, String name, String meaning, String action) {
    return new Trouble(MEMORY, code, name, meaning, action);
  }
}
