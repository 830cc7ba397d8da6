package io.oriel.collect.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.oriel.collect.Readings;
import io.oriel.model.Clock;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Oriel sits beside other people's work: what a round of the node collector may cost. */
class NodeCostTest {
  @Test
  void a_steady_round_makes_little_garbage() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var out = new Readings();
    try (var collector = new NodeCollector(Clock.system())) {
      for (int i = 0; i < 200; i++) round(collector, out);

      int rounds = 40;
      long before = threads.getCurrentThreadAllocatedBytes();
      long cpuBefore = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < rounds; i++) round(collector, out);
      long bytes = (threads.getCurrentThreadAllocatedBytes() - before) / rounds;
      double millis = (threads.getCurrentThreadCpuTime() - cpuBefore) / 1e6 / rounds;

      System.out.printf(
          "node collector: %d series, %.2f ms CPU and %d bytes a round%n",
          out.size(), millis, bytes);
      assertThat(bytes).isLessThan(64 << 10);
    }
  }

  private static void round(NodeCollector collector, Readings out) {
    out.begin();
    collector.collect(out);
  }
}
