package io.oriel.collect.node;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/** How well the clock is kept in step, as adjtimex(2) tells. Some containers may not ask. */
final class Timex implements Part {
  private static final Metric SYNC =
      Metric.gauge("node_timex_sync_status", "1 when something keeps the clock in step.");
  private static final Metric OFFSET =
      gauge("offset_seconds", "Seconds that the clock is off its reference.");
  private static final Metric JITTER = gauge("pps_jitter_seconds", "Jitter of the pulse signal.");
  private static final Metric RATIO =
      gauge("frequency_adjustment_ratio", "How much faster the clock is made to run.");

  private static final int BYTES = 208; // struct timex, 64-bit Linux
  private static final int STATUS = 40;
  private static final int TIME_ERROR = 5;
  private static final int STA_NANO = 0x2000;
  private static final double PPM = 1e6 * 65536; // parts per million with 16 bits behind the point

  /** A field by its offset in the struct; those of 4 bytes are ints, the others longs. */
  private record Field(int at, boolean isInt, Metric metric, double divisor) {}

  private static final List<Field> FIELDS =
      List.of(
          new Field(24, false, gauge("maxerror_seconds", "Largest error to expect."), 1e6),
          new Field(32, false, gauge("estimated_error_seconds", "Error as estimated."), 1e6),
          new Field(STATUS, true, gauge("status", "Status bits of the clock."), 1),
          new Field(48, false, gauge("loop_time_constant", "Time constant of the loop."), 1),
          new Field(88, false, gauge("tick_seconds", "Seconds between ticks."), 1e6),
          new Field(96, false, gauge("pps_frequency_hertz", "Frequency of the pulse signal."), PPM),
          new Field(112, true, gauge("pps_shift_seconds", "Interval of the pulse signal."), 1),
          new Field(120, false, gauge("pps_stability_hertz", "Wander of the pulse signal."), PPM),
          new Field(128, false, counter("pps_jitter_total", "Jitters above the limit."), 1),
          new Field(136, false, counter("pps_calibration_total", "Calibration intervals."), 1),
          new Field(144, false, counter("pps_error_total", "Calibrations that failed."), 1),
          new Field(
              152, false, counter("pps_stability_exceeded_total", "Wanders above the limit."), 1),
          new Field(
              160, true, gauge("tai_offset_seconds", "Seconds that TAI is ahead of UTC."), 1));

  private static final MethodHandle ADJTIMEX =
      Libc.function("adjtimex", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));

  private final Libc libc;
  private final MemorySegment timex;

  Timex(KernelFiles files) {
    this.libc = files.libc();
    this.timex = files.arena().allocate(BYTES);
  }

  private static Metric gauge(String name, String help) {
    return Metric.gauge("node_timex_" + name, help);
  }

  private static Metric counter(String name, String help) {
    return Metric.counter("node_timex_" + name, help);
  }

  @Override
  public String name() {
    return "timex";
  }

  @Override
  public List<Metric> metrics() {
    var metrics = new ArrayList<>(FIELDS.stream().map(Field::metric).toList());
    metrics.addAll(List.of(SYNC, OFFSET, JITTER, RATIO));
    return metrics;
  }

  @Override
  public void read(Readings out) throws Unreadable {
    timex.fill((byte) 0); // modes 0: only ask
    int state = call();
    if (state == -1) throw Unreadable.because("adjtimex: " + Libc.reason(libc.errno()));
    double fine = (timex.get(JAVA_INT, STATUS) & STA_NANO) != 0 ? 1e9 : 1e6;
    out.tell(SYNC, state == TIME_ERROR ? 0 : 1);
    out.tell(OFFSET, timex.get(JAVA_LONG, 8) / fine);
    out.tell(RATIO, 1 + timex.get(JAVA_LONG, 16) / PPM);
    out.tell(JITTER, timex.get(JAVA_LONG, 104) / fine);
    for (int i = 0; i < FIELDS.size(); i++) {
      Field field = FIELDS.get(i);
      long raw = field.isInt ? timex.get(JAVA_INT, field.at) : timex.get(JAVA_LONG, field.at);
      out.tell(field.metric, raw / field.divisor);
    }
  }

  private int call() {
    try {
      return (int) ADJTIMEX.invokeExact(libc.state(), timex.address());
    } catch (Throwable e) {
      throw Libc.broken(e);
    }
  }
}
