package io.oriel.collect.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Told;
import io.oriel.model.Labels;
import java.util.IdentityHashMap;
import org.junit.jupiter.api.Test;

/** What a GPU is asked is asked once, seldom where it costs, and nobody waits for it. */
class GpuCostlyQuestionsTest extends GpuFixture {
  @Test
  void each_quantity_is_asked_once_however_many_schemes_tell_it() throws CollectorFailure {
    nvml.h200(0);

    round(everything());

    assertThat(nvml.calls).doesNotContainKey(NvmlCall.PCIE_TRANSMIT);
    nvml.calls.forEach((call, times) -> assertThat(times).as(call.name()).isEqualTo(1));
  }

  @Test
  void what_does_not_change_and_what_is_not_offered_is_asked_seldom() throws CollectorFailure {
    nvml.h200(0);
    GpuCollector collector = everything();

    for (int i = 0; i < 20; i++) round(collector);

    assertThat(nvml.calls).containsEntry(NvmlCall.POWER_USAGE, 20);
    assertThat(nvml.calls).containsEntry(NvmlCall.CLOCK_SM_MAX, 1);
    assertThat(nvml.calls).containsEntry(NvmlCall.FAN_SPEED, 1);
  }

  @Test
  void the_monitors_speak_from_the_second_round_on_and_nobody_waits() throws CollectorFailure {
    nvml.h200(0);
    GpuCollector collector = everything();

    Told first = round(collector);
    Told second = round(collector);

    String tensor = "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE" + DCGM;
    assertThat(first.of(tensor)).isNaN();
    assertThat(second.of(tensor)).isEqualTo(0.15);
    assertThat(second.of("DCGM_FI_PROF_SM_OCCUPANCY" + DCGM)).isEqualTo(0.13);
    assertThat(second.of("DCGM_FI_PROF_PCIE_TX_BYTES" + DCGM)).isEqualTo(30 * 1048576.0);
    assertThat(second.of("nvidia_smi_pcie_throughput_tx_bytes_per_second" + SMI))
        .isEqualTo(30 * 1048576.0);
    collector.close();
    assertThat(nvml.openSamples).isZero();
  }

  @Test
  void samples_that_are_too_close_are_not_compared() throws CollectorFailure {
    nvml.h200(0);
    GpuCollector collector = everything();
    round(collector);

    clock.advance(50);
    out.begin();
    collector.collect(out);

    assertThat(Told.of(out).of("DCGM_FI_PROF_SM_ACTIVE" + DCGM)).isNaN();
  }

  @Test
  void pcie_is_told_from_counters_where_there_are_no_monitors() throws CollectorFailure {
    FakeNvml.Device gpu = nvml.h200(0);
    gpu.monitors.clear();
    gpu.with(NvmlField.PCIE_TRANSMITTED, 1000).with(NvmlField.PCIE_RECEIVED, 5000);
    GpuCollector collector = everything();
    String name = "nvidia_smi_pcie_throughput_tx_bytes_per_second" + SMI;

    Told first = round(collector);
    gpu.with(NvmlField.PCIE_TRANSMITTED, 1_501_000);
    Told second = round(collector);
    gpu.with(NvmlField.PCIE_TRANSMITTED, 12);
    Told wrapped = round(collector);

    assertThat(first.of(name)).isNaN();
    assertThat(second.of(name)).isEqualTo(100_000);
    assertThat(wrapped.of(name)).isNaN();
  }

  @Test
  void the_question_that_takes_20_ms_is_asked_every_fourth_round() throws CollectorFailure {
    FakeNvml.Device gpu = nvml.h200(0);
    gpu.monitors.clear();
    gpu.with(NvmlCall.PCIE_TRANSMIT, 5000).with(NvmlCall.PCIE_RECEIVE, 7000);
    GpuCollector collector = everything();

    Told told = round(collector);
    for (int i = 0; i < 7; i++) told = round(collector);

    assertThat(told.of("nvidia_smi_pcie_throughput_rx_bytes_per_second" + SMI)).isEqualTo(7e6);
    assertThat(nvml.calls).containsEntry(NvmlCall.PCIE_RECEIVE, 2);
  }

  @Test
  void labels_of_series_are_the_same_objects_in_every_round() throws CollectorFailure {
    nvml.h200(0).processes.add(new NvmlProcess(4711, FakeNvml.MIB, -1, -1));
    GpuCollector collector = everything();
    round(collector);
    var before = new IdentityHashMap<Labels, Boolean>();
    out.forEach((_, labels, _) -> before.put(labels, true));
    round(collector); // the monitors join

    round(collector);

    out.forEach((metric, labels, _) ->
        assertThat(before.containsKey(labels) || labels.isEmpty()).as(metric.name()).isTrue());
  }
}
