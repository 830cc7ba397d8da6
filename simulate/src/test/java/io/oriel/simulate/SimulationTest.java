package io.oriel.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.gpu.Nvml;
import io.oriel.collect.gpu.NvmlCall;
import io.oriel.collect.peer.Address;
import io.oriel.collect.peer.Peer;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import io.oriel.simulate.world.Fleet;
import io.oriel.simulate.world.Scenario;
import io.oriel.wire.fetch.PageBuffer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationTest {
  private static final long START = Instant.parse("2026-03-04T11:00:00Z").toEpochMilli();

  private final ManualClock clock = new ManualClock(START);
  @TempDir Path folder;
  private Simulation simulation;

  @BeforeEach
  void start() throws Exception {
    simulation = Simulation.start(SimulationSettings.normal(folder), clock);
  }

  @AfterEach
  void close() {
    simulation.close();
  }

  private Endpoint endpoint(String name) {
    return simulation.endpoints().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Peer peer(String name) {
    return Peer.at(Address.of(endpoint(name).uri(), "test"), 5_000, clock);
  }

  private static String text(PageBuffer page) {
    return new String(page.bytes(), 0, page.length(), StandardCharsets.UTF_8);
  }

  @Test
  void a_system_answers_by_http_what_it_answers_in_memory() throws Exception {
    var buffer = new PageBuffer();
    simulation.transport("vllm-qwen3-32b").fetch(io.oriel.wire.fetch.Ask.get("/metrics"), buffer);

    try (Peer peer = peer("vllm-qwen3-32b")) {
      assertThat(text(peer.page("/metrics"))).isEqualTo(text(buffer)).contains("vllm:kv_cache");
      assertThat(peer.contentType()).startsWith("text/plain; version=0.0.4");
      assertThat(peer.json("/version").path("version").asText()).isEqualTo("0.30.0");
      assertThat(peer.json("/v1/models").path("data").path(0).path("id").asText())
          .isEqualTo("qwen3-32b");
    }
  }

  @Test
  void time_goes_by_in_it_as_by_its_clock() throws Exception {
    try (Peer peer = peer("vllm-llama-70b")) {
      String before = text(peer.page("/metrics"));
      clock.advance(600_000);

      assertThat(text(peer.page("/metrics"))).isNotEqualTo(before);
    }
  }

  @Test
  void a_scenario_is_switched_by_its_own_port() throws Exception {
    try (Peer peer = peer("control")) {
      peer.post("/api/v1/oriel/scenario?name=high-load", "{}");

      assertThat(simulation.scenario()).isEqualTo(Scenario.HIGH_LOAD);
      assertThat(peer.json("/api/v1/oriel/scenario").path("scenario").asText())
          .isEqualTo("high-load");
      assertThatThrownBy(() -> peer.post("/api/v1/oriel/scenario?name=earthquake", "{}"))
          .isInstanceOf(CollectorFailure.class)
          .hasMessageContaining("404");
    }
  }

  @Test
  void a_machine_that_is_down_answers_only_at_the_control_port() throws Exception {
    simulation.scenario(Scenario.NODE_DOWN);

    try (Peer server = peer("vllm-llama-8b");
        Peer control = peer("control")) {
      assertThatThrownBy(() -> server.page("/metrics")).isInstanceOf(CollectorFailure.class);
      assertThat(control.json("/api/v1/oriel/scenario").path("scenario").asText())
          .isEqualTo("node-down");
    }
  }

  @Test
  void gpus_answer_the_same_in_this_process_and_from_another() throws Exception {
    try (Nvml near = simulation.nvml().open();
        SimulatedFleet fleet = SimulatedFleet.at(endpoint("control").uri(), clock);
        Nvml far = fleet.nvml().open()) {
      assertThat(near.deviceCount()).isEqualTo(Fleet.GPUS);
      assertThat(far.deviceCount()).isEqualTo(Fleet.GPUS);
      for (int i = 0; i < Fleet.GPUS; i++) {
        long a = near.device(i);
        long b = far.device(i);
        for (NvmlCall call : NvmlCall.values()) {
          assertThat(numbers(near, a, call)).as("%s", call).isEqualTo(numbers(far, b, call));
        }
        assertThat(near.processes(a, Nvml.ProcessKind.COMPUTE))
            .isEqualTo(far.processes(b, Nvml.ProcessKind.COMPUTE))
            .isNotEmpty();
      }
    }
  }

  @Test
  void a_fleet_in_another_process_is_read_and_switched_as_one_in_here() {
    try (SimulatedFleet far = SimulatedFleet.at(endpoint("control").uri(), clock)) {
      far.scenario(Scenario.LOG_STORM);

      assertThat(simulation.scenario()).isEqualTo(Scenario.LOG_STORM);
      assertThat(far.scenario()).isEqualTo(Scenario.LOG_STORM);
      assertThat(far.proc()).isEqualTo(simulation.proc().toAbsolutePath());
      var here = new java.util.ArrayList<>(simulation.endpoints());
      here.removeIf(each -> each.kind().equals("control"));
      assertThat(far.endpoints()).isEqualTo(here);
    }
  }

  @Test
  void a_fleet_that_its_folder_remembers_goes_on_after_a_restart_as_if_there_was_none()
      throws Exception {
    var settings = SimulationSettings.normal(folder.resolve("remembered")).goingOn();
    var buffer = new PageBuffer();
    String uninterrupted;
    try (Simulation first = Simulation.start(settings, clock)) {
      clock.advance(601_300);
      first.scenario(Scenario.HIGH_LOAD);
      clock.advance(900_000);
      first.scenario(Scenario.NORMAL);
      first.transport("litellm").fetch(io.oriel.wire.fetch.Ask.get("/metrics"), buffer);
      uninterrupted = text(buffer);
    }

    try (Simulation again = Simulation.start(settings, clock)) {
      assertThat(again.bornMs()).isEqualTo(START);
      again.transport("litellm").fetch(io.oriel.wire.fetch.Ask.get("/metrics"), buffer);
      assertThat(text(buffer)).isEqualTo(uninterrupted);
    }
    clock.advance(40L * 86_400_000);
    try (Simulation another = Simulation.start(settings, clock)) {
      assertThat(another.bornMs()).isEqualTo(clock.millis());
      assertThat(another.past()).isEqualTo(SimulationSettings.SHORT_PAST);
    }
  }

  @Test
  void where_no_simulator_answers_there_is_no_fleet() {
    URI other = endpoint("vllm-llama-8b").uri();
    simulation.close();

    assertThatThrownBy(() -> SimulatedFleet.at(other, clock))
        .isInstanceOf(Refusal.CannotStart.class)
        .hasMessageContaining("there is no simulated fleet at " + other)
        .hasMessageContaining("oriel simulate");
  }

  private static long[] numbers(Nvml nvml, long device, NvmlCall call) {
    var out = new long[call.size()];
    try {
      nvml.numbers(device, call, out);
    } catch (io.oriel.collect.gpu.NvmlException e) {
      out[0] = -e.answer().code();
    }
    return out;
  }

  @Test
  void a_word_that_is_no_scenario_is_refused_with_the_list() {
    assertThat(Simulation.scenarioOf(null)).isEqualTo(Scenario.NORMAL);
    assertThat(Simulation.scenarioOf("log-storm")).isEqualTo(Scenario.LOG_STORM);
    assertThatThrownBy(() -> Simulation.scenarioOf("earthquake"))
        .hasMessageContaining("gpu-overheat");
  }
}
