package io.oriel.collect.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.Readings;
import io.oriel.collect.TextPage;
import io.oriel.collect.Told;
import io.oriel.collect.container.Containers;
import io.oriel.collect.container.ProcessOwner;
import io.oriel.model.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Three rounds on the machine's own GPUs, where it has some; the page is kept for comparison. */
class RealGpuTest {
  private static final Path CAPTURE = Path.of("target/gpu-capture.txt");

  @Test
  void the_machine_s_own_gpus_are_told() throws Exception {
    if (!GpuCollector.isHere(Path.of("/"))) {
      throw new TestAbortedException(
          "skipped, no real GPU was met: there is no NVIDIA driver here");
    }
    Clock clock = Clock.system();
    var out = new Readings();
    try (var collector =
        new GpuCollector(
            GpuCollector.ofThisMachine(),
            EnumSet.allOf(NamingScheme.class),
            "",
            ProcessOwner.byCgroup(Path.of("/proc"), Containers.NONE),
            ServedModel.UNKNOWN,
            clock)) {
      for (int i = 0; i < 3; i++) {
        long began = clock.nanos();
        out.begin();
        collector.collect(out);
        System.out.printf("%s: round %.1f ms%n", collector.where(), (clock.nanos() - began) / 1e6);
        clock.sleepUntil(clock.millis() + 300); // the monitors want 100 ms between two samples
      }
      Files.write(CAPTURE, TextPage.of(out));
      System.out.printf("%d series kept in %s%n", out.size(), CAPTURE.toAbsolutePath());

      Told told = Told.of(out);
      assertThat(told.of("nvidia_gpu_num_devices")).isPositive();
      assertThat(collector.seen())
          .isNotEmpty()
          .allSatisfy(gpu -> {
            assertThat(gpu.isLost()).isFalse();
            assertThat(gpu.memoryBytes()).isPositive();
          });
      assertThat(told.types())
          .containsKeys("nvidia_smi_temperature_gpu", "DCGM_FI_DEV_FB_USED", "oriel_gpu_answers");
    }
  }
}
