package io.oriel.collect.gpu;

/**
 * Traffic over PCIe in bytes a second. The monitors tell it, or counters of which the difference is
 * taken. Where a GPU has neither, the driver measures for 20 ms while the caller waits: that is
 * asked every fourth round, and the answer holds until then.
 */
final class PcieRates {
  private static final double MIB = 1 << 20;
  private static final double KB = 1000;
  private static final int ROUNDS_HELD = 4;

  private final Gpu gpu;
  private final Counted transmitted = new Counted(NvmlField.PCIE_TRANSMITTED);
  private final Counted received = new Counted(NvmlField.PCIE_RECEIVED);
  private final Measured transmitting = new Measured(NvmlCall.PCIE_TRANSMIT);
  private final Measured receiving = new Measured(NvmlCall.PCIE_RECEIVE);
  private long nanos;
  private int round;

  PcieRates(Gpu gpu) {
    this.gpu = gpu;
  }

  void begin(long nanos) {
    double seconds = (nanos - this.nanos) / 1e9;
    this.nanos = nanos;
    round++;
    transmitted.look(gpu, seconds);
    received.look(gpu, seconds);
  }

  double transmit() throws NvmlException {
    return rate(GpmMetric.PCIE_TRANSMIT, transmitted, transmitting);
  }

  double receive() throws NvmlException {
    return rate(GpmMetric.PCIE_RECEIVE, received, receiving);
  }

  private double rate(GpmMetric metric, Counted counted, Measured measured) throws NvmlException {
    try {
      return gpu.monitor(metric) * MIB;
    } catch (NvmlException e) {
      if (e.answer() == NvmlReturn.NO_DATA) throw e; // there are monitors: the next round tells it
      return counted.isThere ? counted.rate() : measured.rate(gpu, round) * KB;
    }
  }

  /** A counter that the driver keeps; it may start again at 0. */
  private static final class Counted {
    private final NvmlField field;
    private boolean isThere;
    private double before = Double.NaN;
    private double rate = Double.NaN;

    Counted(NvmlField field) {
      this.field = field;
    }

    void look(Gpu gpu, double seconds) {
      try {
        double now = gpu.field(field);
        isThere = true;
        rate = now >= before && seconds > 0 ? (now - before) / seconds : Double.NaN;
        before = now;
      } catch (NvmlException _) {
        isThere = false;
        before = Double.NaN;
      }
    }

    double rate() throws NvmlException {
      if (Double.isNaN(rate)) throw NvmlException.of(NvmlReturn.NO_DATA);
      return rate;
    }
  }

  /** What takes 20 ms to ask. */
  private static final class Measured {
    private final NvmlCall call;
    private int askedIn = -ROUNDS_HELD;
    private double last = Double.NaN;

    Measured(NvmlCall call) {
      this.call = call;
    }

    double rate(Gpu gpu, int round) throws NvmlException {
      if (round - askedIn < ROUNDS_HELD && !Double.isNaN(last)) return last;
      last = gpu.number(call, 0);
      askedIn = round;
      return last;
    }
  }
}
