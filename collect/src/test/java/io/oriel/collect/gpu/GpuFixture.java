package io.oriel.collect.gpu;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.collect.container.ProcessOwner;
import io.oriel.model.testing.ManualClock;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/** A collector of GPUs over answers that a test puts together, round by round. */
abstract class GpuFixture {
  static final String DCGM =
      "{DCGM_FI_DRIVER_VERSION=\"590.48.01\", Hostname=\"host1\","
          + " UUID=\"GPU-00000000-1111-2222-3333-44444444aBcD\", device=\"nvidia0\", gpu=\"0\","
          + " modelName=\"NVIDIA H200\", pci_bus_id=\"00000000:83:00.0\"}";
  static final String SMI = "{uuid=\"00000000-1111-2222-3333-44444444abcd\"}";
  static final String OWN = "{gpu=\"0\", uuid=\"GPU-00000000-1111-2222-3333-44444444aBcD\"}";

  final ManualClock clock = new ManualClock(1_000_000);
  final FakeNvml nvml = new FakeNvml();
  final Readings out = new Readings();

  GpuCollector collector(Set<NamingScheme> schemes) {
    return collector(schemes, _ -> null, ServedModel.UNKNOWN);
  }

  GpuCollector collector(Set<NamingScheme> schemes, ProcessOwner owners, ServedModel models) {
    return new GpuCollector(
        () -> {
          if (nvml.gone != null) throw NvmlException.of(nvml.gone);
          return nvml;
        },
        schemes,
        "host1",
        owners,
        models,
        clock);
  }

  GpuCollector everything() {
    return collector(EnumSet.allOf(NamingScheme.class));
  }

  Told round(GpuCollector collector) throws CollectorFailure {
    clock.advance(15_000);
    out.begin();
    collector.collect(out);
    return Told.of(out);
  }

  Set<String> names(Told told) {
    return new TreeSet<>(told.types().keySet());
  }
}
