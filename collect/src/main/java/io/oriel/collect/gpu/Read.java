package io.oriel.collect.gpu;

import io.oriel.collect.gpu.Row.Reads;

/** How quantities are read that take more than one call, or whose value must be looked at. */
final class Read {
  private static final double MIB = 1 << 20;
  private static final int MOST_TIMES_THE_LIMIT = 4;

  static final Reads CELSIUS =
      number(NvmlCall.TEMPERATURE, 0).or(number(NvmlCall.TEMPERATURE_OLDER, 0));
  static final Reads TOTAL = number(NvmlCall.MEMORY, 0).or(number(NvmlCall.MEMORY_OLDER, 0));
  static final Reads RESERVED = number(NvmlCall.MEMORY, 1);
  static final Reads FREE = number(NvmlCall.MEMORY, 2).or(number(NvmlCall.MEMORY_OLDER, 1));

  /** Without what is reserved, where the driver tells that apart. */
  static final Reads USED = number(NvmlCall.MEMORY, 3).or(number(NvmlCall.MEMORY_OLDER, 2));

  private Read() {}

  /** A reading with a second way for drivers that lack the first. */
  @FunctionalInterface
  interface Way extends Reads {
    default Reads or(Reads other) {
      return source -> {
        try {
          return of(source);
        } catch (NvmlException e) {
          if (e.answer() != NvmlReturn.FUNCTION_NOT_FOUND
              && e.answer() != NvmlReturn.ARGUMENT_VERSION_MISMATCH
              && e.answer() != NvmlReturn.DEPRECATED) {
            throw e;
          }
          return other.of(source);
        }
      };
    }
  }

  static Way number(NvmlCall call) {
    return number(call, 0);
  }

  static Way number(NvmlCall call, int place) {
    return source -> source.number(call, place);
  }

  static Reads field(NvmlField field) {
    return source -> source.field(field);
  }

  static Reads monitor(GpmMetric metric) {
    return source -> source.monitor(metric);
  }

  /** A share of time: some say more than all of it just after the driver was loaded. */
  static Reads percent(NvmlCall call, int place) {
    return source -> {
      double percent = source.number(call, place);
      if (percent > 100) throw NvmlException.of(NvmlReturn.IMPLAUSIBLE);
      return percent;
    };
  }

  /** Milliwatts; none at all, or several times the limit, is what no GPU takes. */
  static double power(Source source) throws NvmlException {
    double milliwatts = source.number(NvmlCall.POWER_USAGE, 0);
    if (milliwatts == 0 || milliwatts > MOST_TIMES_THE_LIMIT * limit(source)) {
      throw NvmlException.of(NvmlReturn.IMPLAUSIBLE);
    }
    return milliwatts;
  }

  private static double limit(Source source) {
    try {
      return source.number(NvmlCall.POWER_LIMIT_ENFORCED, 0);
    } catch (NvmlException _) {
      return Double.MAX_VALUE;
    }
  }

  /** Whole MiB, rounded down. */
  static Reads mib(Reads bytes) {
    return source -> Math.floor(bytes.of(source) / MIB);
  }

  /** 1 when the bit is among those that hold the clocks down. */
  static Reads clockEvent(long bit) {
    return source -> ((long) source.number(NvmlCall.CLOCK_EVENTS, 0) & bit) == 0 ? 0 : 1;
  }
}
