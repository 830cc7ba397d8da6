package io.oriel.collect.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Told;
import io.oriel.collect.container.ProcessOwner;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who has which part of a GPU: instances, processes, containers. */
class GpuSharingTest extends GpuFixture {
  @Test
  void each_instance_is_told_with_its_profile_and_its_parent() throws CollectorFailure {
    FakeNvml.Device gpu = nvml.h200(0);
    nvml.split(gpu, "1g.18gb", 1, 4);
    GpuCollector collector = everything();
    round(collector);

    Told told = round(collector);

    String second =
        "{DCGM_FI_DRIVER_VERSION=\"590.48.01\", GPU_I_ID=\"5\", GPU_I_PROFILE=\"1g.18gb\","
            + " Hostname=\"host1\", UUID=\"GPU-00000000-1111-2222-3333-44444444aBcD\","
            + " device=\"nvidia0\", gpu=\"0\", modelName=\"NVIDIA H200\","
            + " pci_bus_id=\"00000000:83:00.0\"}";
    assertThat(told.of("DCGM_FI_DEV_FB_USED" + second)).isEqualTo(929);
    assertThat(told.of("DCGM_FI_PROF_SM_ACTIVE" + second)).isEqualTo(0.12);
    assertThat(told.of("DCGM_FI_DEV_GPU_TEMP" + second)).isEqualTo(52);
    assertThat(told.types()).doesNotContainKey("DCGM_FI_DEV_GPU_UTIL");
    String smi = "{gpu_instance_id=\"5\", uuid=\"00000000-1111-2222-3333-44444444abcd\"}";
    assertThat(told.of("nvidia_smi_mig_memory_used_bytes" + smi)).isEqualTo(929L * FakeNvml.MIB);
    assertThat(told.of("nvidia_smi_mig_tensor_activity_ratio" + smi)).isEqualTo(0.15);
    assertThat(
            told.of(
                "nvidia_smi_mig_info{compute_instance_id=\"0\", gpu_instance_id=\"5\","
                    + " mig_uuid=\"00000004-aaaa-bbbb-cccc-dddddddddddd\", profile=\"1g.18gb\","
                    + " uuid=\"00000000-1111-2222-3333-44444444abcd\"}"))
        .isEqualTo(1);
    assertThat(collector.seen().getFirst().instances()).hasSize(2);
  }

  @Test
  void an_instance_that_is_taken_away_ends_and_gives_its_samples_back() throws CollectorFailure {
    FakeNvml.Device gpu = nvml.h200(0);
    nvml.split(gpu, "1g.18gb", 1, 4);
    GpuCollector collector = everything();
    round(collector);

    gpu.instances.remove(4);
    Told told = round(collector);

    assertThat(told.values().keySet())
        .filteredOn(labels -> labels.metricName().equals("nvidia_smi_mig_info"))
        .hasSize(1);
    assertThat(nvml.openSamples).isEqualTo(2);
  }

  @Test
  void who_holds_memory_is_told_with_container_image_and_model() throws CollectorFailure {
    FakeNvml.Device gpu = nvml.h200(0);
    gpu.processes.add(new NvmlProcess(4711, 30 * FakeNvml.MIB, -1, -1));
    gpu.processes.add(new NvmlProcess(4712, -1, -1, -1));
    gpu.graphics.add(new NvmlProcess(4711, 31 * FakeNvml.MIB, -1, -1));
    gpu.graphics.add(new NvmlProcess(99, FakeNvml.MIB, -1, -1));
    nvml.names.put(4711, "/usr/bin/python3");
    var owner = new ProcessOwner.Owner("docker", "a".repeat(64), "qwen", "vllm:v1", "by test");
    GpuCollector collector =
        collector(
            EnumSet.of(NamingScheme.NVIDIA_SMI),
            pid -> pid == 4711 ? owner : null,
            (pid, of) -> of == null ? "" : "qwen3");

    Told told = round(collector);

    assertThat(
            told.of(
                "oriel_gpu_process_memory_bytes{container=\"qwen\", gpu=\"0\","
                    + " image=\"vllm:v1\", model=\"qwen3\", pid=\"4711\","
                    + " uuid=\"GPU-00000000-1111-2222-3333-44444444aBcD\"}"))
        .isEqualTo(31 * FakeNvml.MIB);
    assertThat(
            told.of(
                "oriel_gpu_process_memory_bytes{gpu=\"0\", pid=\"99\","
                    + " uuid=\"GPU-00000000-1111-2222-3333-44444444aBcD\"}"))
        .isEqualTo(FakeNvml.MIB);
    assertThat(
            told.of(
                "nvidia_smi_compute_app_used_memory_bytes{pid=\"4711\","
                    + " process_name=\"/usr/bin/python3\","
                    + " uuid=\"00000000-1111-2222-3333-44444444abcd\"}"))
        .isEqualTo(30 * FakeNvml.MIB);
    assertThat(told.of("nvidia_smi_compute_apps" + SMI)).isEqualTo(2);
    assertThat(collector.seen().getFirst().processes())
        .extracting(process -> process.process().pid())
        .containsExactly(4711, 4712, 99);
  }

  @Test
  void the_gpus_of_the_last_round_are_there_for_the_map() throws CollectorFailure {
    nvml.h200(0);
    GpuCollector collector = everything();

    round(collector);

    assertThat(collector.seen())
        .isEqualTo(
            List.of(
                new SeenGpu(
                    0,
                    "GPU-00000000-1111-2222-3333-44444444aBcD",
                    "NVIDIA H200",
                    "00000000:83:00.0",
                    143_771L * FakeNvml.MIB,
                    false,
                    List.of(),
                    List.of())));
  }
}
