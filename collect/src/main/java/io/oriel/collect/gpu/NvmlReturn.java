package io.oriel.collect.gpu;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What NVML answers in place of a value: the code, a reason in few words (it becomes a label), and
 * what to do about it. The table follows {@code nvmlReturn_t} of NVML 13.
 */
public enum NvmlReturn {
  SUCCESS(0, "read", ""),
  UNINITIALIZED(1, "not initialised", "Oriel opens NVML again by itself"),
  INVALID_ARGUMENT(2, "not known to this driver", "a newer driver may offer it"),
  NOT_SUPPORTED(3, "not supported", "this GPU or its mode does not offer it"),
  NO_PERMISSION(4, "no permission", "run Oriel as root, or give its user the capability SYS_ADMIN"),
  NOT_FOUND(6, "not found", "it is not there now"),
  INSUFFICIENT_SIZE(7, "insufficient size", "tell the authors of Oriel"),
  INSUFFICIENT_POWER(8, "power cable missing", "attach the GPU's external power cables"),
  DRIVER_NOT_LOADED(9, "driver not loaded", "load the driver: modprobe nvidia"),
  TIMEOUT(10, "timeout", "the driver did not answer in time"),
  IRQ_ISSUE(11, "interrupt problem", "look for NVRM in the kernel's log; a reboot may help"),
  LIBRARY_NOT_FOUND(
      12,
      "libnvidia-ml.so.1 not found",
      "install the driver; in a container use the NVIDIA runtime with the capability utility"),
  FUNCTION_NOT_FOUND(13, "not known to this driver", "a newer driver may offer it"),
  CORRUPTED_INFOROM(
      14, "infoROM corrupted", "have the board's infoROM repaired or the board replaced"),
  GPU_IS_LOST(
      15,
      "GPU is lost",
      "it fell off the bus: drain the node and reboot it; if it comes again, the board or its slot"),
  RESET_REQUIRED(
      16, "GPU requires reset", "stop what uses it, then nvidia-smi --gpu-reset -i INDEX"),
  OPERATING_SYSTEM(
      17, "blocked by the operating system", "give the process /dev/nvidiactl and /dev/nvidiaN"),
  LIB_RM_VERSION_MISMATCH(
      18,
      "driver and library differ in version",
      "the driver was updated while in use: reload the nvidia modules or reboot, and start containers anew"),
  IN_USE(19, "in use", "try again later"),
  MEMORY(20, "out of memory", "free memory on the host"),
  NO_DATA(21, "no data", "there is nothing to tell yet"),
  VGPU_ECC_NOT_SUPPORTED(22, "not supported", "this GPU or its mode does not offer it"),
  INSUFFICIENT_RESOURCES(23, "out of resources", "stop other monitors of the GPU"),
  FREQ_NOT_SUPPORTED(24, "not supported", "this GPU or its mode does not offer it"),
  ARGUMENT_VERSION_MISMATCH(25, "not known to this driver", "a newer driver may offer it"),
  DEPRECATED(26, "no longer offered", "the driver has dropped it"),
  NOT_READY(27, "not ready", "it comes by itself"),
  GPU_NOT_FOUND(28, "no GPU", "see whether lspci lists one and the driver's log says why not"),
  INVALID_STATE(29, "not in a state to tell", "it comes by itself"),
  /** Ours: the value is one that hardware can't have, as some give just after the driver loads. */
  IMPLAUSIBLE(-1, "not plausible", "it comes by itself"),
  UNKNOWN(999, "unknown error", "look for NVRM in the kernel's log");

  private static final Map<Integer, NvmlReturn> BY_CODE =
      Stream.of(values()).collect(Collectors.toMap(NvmlReturn::code, Function.identity()));

  private final int code;
  private final String words;
  private final String remedy;

  NvmlReturn(int code, String words, String remedy) {
    this.code = code;
    this.words = words;
    this.remedy = remedy;
  }

  /** The one with this code; {@link #UNKNOWN} for codes of drivers to come. */
  public static NvmlReturn of(int code) {
    return BY_CODE.getOrDefault(code, UNKNOWN);
  }

  public int code() {
    return code;
  }

  /** The reason in a few words. */
  public String words() {
    return words;
  }

  public String remedy() {
    return remedy;
  }

  /** Whether NVML as a whole must be opened anew before it answers again. */
  boolean endsTheRound() {
    return this == UNINITIALIZED || this == DRIVER_NOT_LOADED || this == LIB_RM_VERSION_MISMATCH;
  }

  /** Whether the GPU as a whole will say nothing more. */
  boolean endsTheGpu() {
    return this == GPU_IS_LOST || this == RESET_REQUIRED;
  }
}
