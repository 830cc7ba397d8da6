package io.oriel.collect.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.model.testing.ManualClock;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** What a round costs on our side of NVML, with eight GPUs and all names at once. */
class GpuCostTest {
  @Test
  void a_steady_round_makes_little_garbage() throws CollectorFailure {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var nvml = new FakeNvml();
    for (int i = 0; i < 8; i++) {
      nvml.h200(i).processes.add(new NvmlProcess(4711 + i, FakeNvml.MIB, -1, -1));
      nvml.names.put(4711 + i, "python3");
    }
    var clock = new ManualClock();
    var out = new Readings();
    var collector =
        new GpuCollector(
            () -> nvml,
            EnumSet.allOf(NamingScheme.class),
            "host1",
            _ -> null,
            ServedModel.UNKNOWN,
            clock);
    for (int i = 0; i < 200; i++) round(collector, clock, out);

    int rounds = 40;
    long before = threads.getCurrentThreadAllocatedBytes();
    long cpuBefore = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < rounds; i++) round(collector, clock, out);
    long bytes = (threads.getCurrentThreadAllocatedBytes() - before) / rounds;
    double millis = (threads.getCurrentThreadCpuTime() - cpuBefore) / 1e6 / rounds;

    System.out.printf(
        "gpu collector: %d series, %.2f ms CPU and %d bytes a round, without the driver%n",
        out.size(), millis, bytes);
    assertThat(bytes).isLessThan(96 << 10);
  }

  private static void round(GpuCollector collector, ManualClock clock, Readings out)
      throws CollectorFailure {
    clock.advance(15_000);
    out.begin();
    collector.collect(out);
  }
}
