package io.oriel.collect.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Told;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** GPUs and drivers that go away, and come back. */
class GpuLossTest extends GpuFixture {
  @Test
  void a_lost_gpu_is_said_so_and_harms_no_other() throws CollectorFailure {
    FakeNvml.Device lost = nvml.h200(0);
    nvml.h200(1);
    GpuCollector collector = everything();
    round(collector);

    lost.gone = NvmlReturn.GPU_IS_LOST;
    Told told = round(collector);

    assertThat(told.of("oriel_gpu_answers" + OWN)).isZero();
    assertThat(out.failures().get("gpu 0")).contains("GPU is lost", "reboot");
    assertThat(told.values().keySet())
        .filteredOn(labels -> labels.metricName().equals("DCGM_FI_DEV_GPU_TEMP"))
        .extracting(labels -> labels.get("gpu"))
        .containsExactly("1");
    assertThat(collector.seen()).extracting(SeenGpu::isLost).containsExactly(true, false);
  }

  @Test
  void a_gpu_that_can_t_be_opened_is_counted_and_tried_again() throws CollectorFailure {
    nvml.h200(0).gone = NvmlReturn.GPU_IS_LOST;
    nvml.h200(1);
    GpuCollector collector = everything();

    Told told = round(collector);

    assertThat(told.of("nvidia_gpu_num_devices")).isEqualTo(2);
    assertThat(out.failures()).containsEntry("gpus", "1 of 2 can't be opened");
    nvml.gpus.getFirst().gone = null;
    for (int i = 0; i < 20; i++) round(collector);
    assertThat(collector.seen()).hasSize(2);
    assertThat(out.failures()).isEmpty();
  }

  @Test
  void a_driver_that_goes_away_is_told_with_a_remedy_and_opened_anew() throws CollectorFailure {
    nvml.h200(0);
    GpuCollector collector = everything();
    round(collector);
    round(collector);

    nvml.gone = NvmlReturn.LIB_RM_VERSION_MISMATCH;

    assertThatThrownBy(() -> round(collector))
        .isInstanceOfSatisfying(
            CollectorFailure.class,
            e -> {
              assertThat(e.happened()).contains("driver and library differ in version");
              assertThat(e.remedy()).contains("reload the nvidia modules or reboot");
            });
    assertThat(nvml.closed).isEqualTo(1);
    assertThat(nvml.openSamples).isZero();
    assertThat(nvml.openSets).isZero();
    assertThat(collector.seen()).isEmpty();

    nvml.gone = null;
    assertThat(round(collector).of("oriel_gpu_answers" + OWN)).isEqualTo(1);
  }

  @Test
  void what_stays_away_is_tried_ever_more_seldom() {
    nvml.gone = NvmlReturn.DRIVER_NOT_LOADED;
    var tries = new int[1];
    var collector =
        new GpuCollector(
            () -> {
              tries[0]++;
              throw NvmlException.of(NvmlReturn.DRIVER_NOT_LOADED);
            },
            EnumSet.of(NamingScheme.DCGM),
            "",
            _ -> null,
            ServedModel.UNKNOWN,
            clock);

    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> collector.collect(out)).isInstanceOf(CollectorFailure.class);
    }

    assertThat(tries[0]).isBetween(8, 12);
  }
}
