package io.oriel.simulate.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScenarioTest {
  private static final long START = Instant.parse("2026-03-04T11:00:00Z").toEpochMilli();

  private final World world = new World(3, START);
  private final Log log = Log.of(world);

  private void minutes(int count) {
    world.advanceTo(world.nowMs() + count * 60_000L);
  }

  private void play(Scenario scenario, int minutes) {
    minutes(5);
    world.go(scenario);
    minutes(minutes);
  }

  private void endIt() {
    world.go(Scenario.NORMAL);
    minutes(15);
  }

  private SimContainer container(String name) {
    return world.daemon().container(name);
  }

  @Test
  void high_load_brings_more_requests_and_hotter_gpus() {
    minutes(10);
    int before = log.created.size();
    double cool = world.gpus().get(0).celsius();

    world.go(Scenario.HIGH_LOAD);
    minutes(10);

    assertThat(log.created.size() - before).isGreaterThan(4 * before);
    assertThat(world.gpus().get(0).celsius()).isGreaterThan(cool);
  }

  @Test
  void degraded_slows_the_largest_model_down() {
    minutes(30);
    double usual = meanToken();
    log.ended.clear();

    world.go(Scenario.DEGRADED);
    minutes(30);

    assertThat(meanToken()).isGreaterThan(2 * usual);
  }

  private double meanToken() {
    return log.ended.stream()
        .filter(each -> each.failure() == null && each.model().name().equals(Fleet.LARGEST))
        .mapToDouble(SimRequest::tokenSeconds)
        .average()
        .orElseThrow();
  }

  @Test
  void maintenance_stops_two_servers_and_starts_them_again() {
    play(Scenario.MAINTENANCE, 5);
    assertThat(container("vllm-mistral-small").state()).isEqualTo(SimContainer.State.EXITED);
    assertThat(world.gpus().get(3).processes()).isEmpty();

    endIt();

    assertThat(container("vllm-mistral-small").isRunning()).isTrue();
    assertThat(world.server("mistral-small-3.2").isReady()).isTrue();
    assertThat(container("vllm-mistral-small").restarts()).isZero();
  }

  @Test
  void an_overheated_gpu_gets_to_its_limit_slows_down_and_cools_again() {
    play(Scenario.GPU_OVERHEAT, 12);

    assertThat(world.gpus().get(3).hotSeconds()).isPositive();
    assertThat(world.gpus().get(3).celsius()).isBetween(80.0, 95.0);

    endIt();

    assertThat(world.gpus().get(3).celsius()).isLessThan(65);
    assertThat(world.gpus().get(3).isHot()).isFalse();
  }

  @Test
  void a_leak_fills_the_gpu_until_its_process_dies() {
    long usual = world.gpus().get(5).usedBytes();
    play(Scenario.GPU_MEMORY_LEAK, 4);
    assertThat(world.gpus().get(5).usedBytes()).isGreaterThan(usual + (5L << 30));

    minutes(20);

    assertThat(container("vllm-qwen-vl").restarts()).isPositive();
    assertThat(world.xids()).isNotEmpty();
    endIt();
    assertThat(world.gpus().get(5).usedBytes()).isEqualTo(usual);
  }

  @Test
  void a_server_in_a_loop_restarts_again_and_again() {
    play(Scenario.RESTART_LOOP, 10);
    SimContainer container = container("vllm-qwen2-7b");

    assertThat(container.restarts()).isGreaterThan(4);
    assertThat(container.exitCode()).isEqualTo(1);
    assertThat(world.server("qwen2.5-7b-instruct").isReady()).isFalse();

    endIt();

    assertThat(world.server("qwen2.5-7b-instruct").isReady()).isTrue();
  }

  @Test
  void a_model_that_does_not_load_is_unhealthy_and_answers_nothing() {
    play(Scenario.MODEL_LOAD_FAILURE, 4);

    assertThat(container("vllm-gpt-oss-120b").isRunning()).isTrue();
    assertThat(container("vllm-gpt-oss-120b").isHealthy()).isFalse();
    assertThat(world.server("gpt-oss-120b").isReady()).isFalse();

    endIt();

    assertThat(world.server("gpt-oss-120b").isReady()).isTrue();
    assertThat(container("vllm-gpt-oss-120b").isHealthy()).isTrue();
  }

  @Test
  void a_burst_of_errors_fails_a_third_of_all() {
    minutes(5);
    world.go(Scenario.ERROR_BURST);
    log.ended.clear();
    minutes(60);

    assertThat((double) log.failed() / log.ended.size()).isBetween(0.25, 0.42);
  }

  @Test
  void an_overrun_multiplies_the_spend() {
    minutes(60);
    double usual = spend();
    log.ended.clear();

    world.go(Scenario.COST_OVERRUN);
    minutes(60);

    assertThat(spend()).isGreaterThan(4 * usual);
  }

  private double spend() {
    return log.ended.stream().mapToDouble(SimRequest::cost).sum();
  }

  @Test
  void a_storm_fills_the_gateways_log() {
    long before = container("litellm").loggedBytes();

    play(Scenario.LOG_STORM, 10);

    assertThat(container("litellm").loggedBytes() - before).isGreaterThan(1_000_000_000L);
  }

  @Test
  void a_diverging_training_has_no_loss_any_more_and_recovers() {
    play(Scenario.TRAINING_DIVERGENCE, 10);
    assertThat(world.trainer().loss()).isNaN();

    endIt();

    assertThat(world.trainer().loss()).isBetween(0.5, 3.0);
  }

  @Test
  void a_machine_that_is_down_does_nothing_and_begins_anew() {
    long pid = container("qdrant").pid();
    play(Scenario.NODE_DOWN, 5);
    assertThat(world.isDown()).isTrue();
    assertThat(world.daemon().containers()).noneMatch(SimContainer::isRunning);
    int created = log.created.size();
    minutes(10);
    assertThat(log.created).hasSize(created);

    endIt();

    assertThat(world.daemon().containers()).allMatch(SimContainer::isRunning);
    assertThat((long) container("qdrant").pid()).isNotEqualTo(pid);
    assertThat(log.created.size()).isGreaterThan(created);
    assertThat(world.bootMs()).isGreaterThan(START);
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void every_scenario_ends_in_a_fleet_that_is_well(Scenario scenario) {
    play(scenario, 8);

    world.go(Scenario.NORMAL);
    minutes(25);

    assertThat(world.servers()).allMatch(ModelServer::isReady);
    assertThat(world.daemon().containers()).allMatch(SimContainer::isRunning);
    assertThat(world.daemon().containers()).allMatch(SimContainer::isHealthy);
  }

  @Test
  void every_scenario_is_found_by_its_key() {
    for (Scenario each : Scenario.values()) assertThat(Scenario.of(each.key())).isEqualTo(each);
    assertThat(Scenario.of("earthquake")).isNull();
  }
}
