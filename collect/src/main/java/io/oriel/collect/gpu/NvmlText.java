package io.oriel.collect.gpu;

/** NVML's calls that ask a device for a text. */
public enum NvmlText {
  NAME("nvmlDeviceGetName"),
  /** {@code GPU-...}, or {@code MIG-...} for an instance. */
  UUID("nvmlDeviceGetUUID"),
  SERIAL("nvmlDeviceGetSerial"),
  VBIOS("nvmlDeviceGetVbiosVersion"),
  INFOROM_OEM("nvmlDeviceGetInforomVersion", 0),
  INFOROM_ECC("nvmlDeviceGetInforomVersion", 1);

  private final String function;
  private final int argument;

  NvmlText(String function) {
    this(function, -1);
  }

  NvmlText(String function, int argument) {
    this.function = function;
    this.argument = argument;
  }

  String function() {
    return function;
  }

  /** What is asked before the buffer; -1 where the function takes no argument. */
  int argument() {
    return argument;
  }
}
