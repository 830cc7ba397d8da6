package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import java.util.List;

/** The kernel's store of randomness; from 5.18 on it always says 256. */
final class Entropy implements Part {
  private static final Metric AVAILABLE =
      Metric.gauge("node_entropy_available_bits", "Bits of randomness at hand.");
  private static final Metric POOL =
      Metric.gauge("node_entropy_pool_size_bits", "Bits of randomness that can be kept.");

  private final KernelFiles.KeptFile available;
  private final KernelFiles.KeptFile pool;

  Entropy(KernelFiles files, Roots roots) {
    this.available = files.keep(roots.proc("sys/kernel/random/entropy_avail"));
    this.pool = files.keep(roots.proc("sys/kernel/random/poolsize"));
  }

  @Override
  public String name() {
    return "entropy";
  }

  @Override
  public List<Metric> metrics() {
    return List.of(AVAILABLE, POOL);
  }

  @Override
  public void read(Readings out) throws Unreadable {
    out.tell(AVAILABLE, available.read().firstNumber());
    out.tell(POOL, pool.read().firstNumber());
  }
}
