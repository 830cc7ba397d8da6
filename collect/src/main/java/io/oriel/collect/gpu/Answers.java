package io.oriel.collect.gpu;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a device answered in this round: every call is made once, however many schemes tell its
 * numbers. What only a person's hand changes, and what the device does not offer, is asked again
 * every twentieth round.
 */
final class Answers {
  private static final int ROUNDS_KEPT = 20;
  private static final long NO_VALUE_32 = 0xFFFFFFFFL;
  private static final long NO_VALUE_64 = -1;

  private static final Set<NvmlCall> SELDOM =
      EnumSet.of(
          NvmlCall.TEMPERATURE_SHUTDOWN,
          NvmlCall.TEMPERATURE_SLOWDOWN,
          NvmlCall.TEMPERATURE_MEMORY_MAX,
          NvmlCall.TEMPERATURE_GPU_MAX,
          NvmlCall.POWER_LIMIT_DEFAULT,
          NvmlCall.POWER_LIMIT_RANGE,
          NvmlCall.CLOCK_GRAPHICS_MAX,
          NvmlCall.CLOCK_SM_MAX,
          NvmlCall.CLOCK_MEMORY_MAX,
          NvmlCall.CLOCK_EVENTS_SUPPORTED,
          NvmlCall.PCIE_GENERATION_MAX,
          NvmlCall.PCIE_GENERATION_GPU_MAX,
          NvmlCall.PCIE_WIDTH_MAX,
          NvmlCall.MIG_DEVICES_MAX,
          NvmlCall.MINOR_NUMBER,
          NvmlCall.COMPUTE_CAPABILITY,
          NvmlCall.DISPLAY_ATTACHED,
          NvmlCall.ACCOUNTING_BUFFER,
          NvmlCall.GSP_MODE,
          NvmlCall.C2C_MODE,
          NvmlCall.PLATFORM);

  private final Nvml nvml;
  private final long device;
  private final long[][] numbers = new long[NvmlCall.values().length][];
  private final NvmlReturn[] codes = new NvmlReturn[numbers.length];
  private final int[] goodUntil = new int[numbers.length]; // the round in which it is asked again
  private int round;

  Answers(Nvml nvml, long device) {
    this.nvml = nvml;
    this.device = device;
    Arrays.fill(codes, NvmlReturn.NO_DATA);
  }

  void begin() {
    round++;
  }

  double number(NvmlCall call, int place) throws NvmlException {
    int i = call.ordinal();
    if (goodUntil[i] <= round) ask(call);
    if (codes[i] != NvmlReturn.SUCCESS) throw NvmlException.of(codes[i]);
    long value = numbers[i][place];
    boolean isNone =
        switch (call.shape().places().get(place).width()) {
          case U8, I32 -> false;
          case U32 -> value == NO_VALUE_32;
          case U64 -> value == NO_VALUE_64;
        };
    if (isNone) throw NvmlException.of(NvmlReturn.NO_DATA);
    return value;
  }

  private void ask(NvmlCall call) {
    int i = call.ordinal();
    if (numbers[i] == null) numbers[i] = new long[call.size()];
    try {
      nvml.numbers(device, call, numbers[i]);
      codes[i] = NvmlReturn.SUCCESS;
    } catch (NvmlException e) {
      codes[i] = e.answer();
    }
    goodUntil[i] = round + (isKept(call, codes[i]) ? ROUNDS_KEPT : 1);
  }

  private static boolean isKept(NvmlCall call, NvmlReturn code) {
    return switch (code) {
      case SUCCESS -> SELDOM.contains(call);
      case NOT_SUPPORTED, FUNCTION_NOT_FOUND, ARGUMENT_VERSION_MISMATCH, DEPRECATED -> true;
      default -> false;
    };
  }
}
