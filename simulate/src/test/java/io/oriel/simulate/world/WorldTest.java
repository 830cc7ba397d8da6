package io.oriel.simulate.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WorldTest {
  private static final long START = Instant.parse("2026-03-04T00:00:00Z").toEpochMilli();
  private static final long HOUR = 3_600_000;

  private final World world = new World(7, START);
  private final Log log = Log.of(world);

  private void run(double hours) {
    world.advanceTo(world.nowMs() + Math.round(hours * HOUR));
  }

  @Test
  void ten_to_twenty_requests_come_a_minute_more_by_day_than_by_night() {
    run(2);
    int byNight = log.created.size();
    run(10);
    int before = log.created.size();
    run(2);
    int byDay = log.created.size() - before;

    assertThat(byNight / 120.0).isBetween(8.5, 12.5);
    assertThat(byDay / 120.0).isBetween(15.0, 22.0);
  }

  @Test
  void equal_seeds_give_equal_fleets_by_whichever_steps() {
    var other = new World(7, START);
    Log otherLog = Log.of(other);

    run(1);
    for (int i = 1; i <= 240; i++) other.advanceTo(START + i * 15_000L);

    assertThat(otherLog.created).hasSameSizeAs(log.created);
    assertThat(otherLog.ended.getLast().id()).isEqualTo(log.ended.getLast().id());
    assertThat(otherLog.ended.getLast().endedUs()).isEqualTo(log.ended.getLast().endedUs());
    for (int i = 0; i < Fleet.GPUS; i++) {
      assertThat(other.gpus().get(i).joules()).isEqualTo(world.gpus().get(i).joules());
    }
  }

  @Test
  void another_seed_gives_another_fleet() {
    var other = new World(8, START);
    Log otherLog = Log.of(other);

    run(1);
    other.advanceTo(START + HOUR);

    assertThat(otherLog.created.getFirst().id()).isNotEqualTo(log.created.getFirst().id());
    assertThat(other.gpus().getFirst().uuid()).isNotEqualTo(world.gpus().getFirst().uuid());
  }

  @Test
  void every_request_that_came_has_ended_or_is_under_way() {
    run(3);

    long open = log.created.stream().filter(SimRequest::isOpen).count();
    long inServers =
        world.servers().stream().mapToLong(each -> each.running().size() + each.waiting()).sum();
    assertThat(log.created.size()).isEqualTo(log.ended.size() + open);
    assertThat(inServers).isBetween(open - 2, open); // or between the gateway and its server
  }

  @Test
  void the_times_of_a_request_follow_each_other() {
    run(2);

    for (SimRequest each : log.ended) {
      if (each.failure() != null) continue;
      assertThat(each.arrivedUs()).isGreaterThan(each.createdUs());
      assertThat(each.startedUs()).isGreaterThanOrEqualTo(each.arrivedUs());
      assertThat(each.firstTokenUs()).isGreaterThan(each.startedUs());
      assertThat(each.endedUs()).isGreaterThanOrEqualTo(each.firstTokenUs());
      assertThat(each.cachedTokens()).isLessThan(each.promptTokens());
    }
  }

  @Test
  void most_runs_go_well_and_few_requests_fail() {
    run(6);

    assertThat((double) log.failed() / log.ended.size()).isBetween(0.0, 0.01);
    assertThat(log.runs.stream().filter(Run::hasFailed).count()).isLessThan(log.runs.size() / 20);
  }

  @Test
  void memory_of_a_gpu_is_that_of_its_processes_and_the_drivers_share() {
    run(0.5);

    for (GpuState gpu : world.gpus()) {
      long processes = gpu.processes().stream().mapToLong(GpuProcess::bytes).sum();
      assertThat(gpu.usedBytes()).isEqualTo(processes + GpuState.DRIVER_BYTES);
      assertThat(gpu.free()).isPositive();
    }
  }

  @Test
  void gpus_stay_within_what_an_h200_can_be() {
    for (int i = 0; i < 360; i++) {
      run(0.05);
      for (GpuState gpu : world.gpus()) {
        assertThat(gpu.watts()).isBetween(70.0, GpuState.POWER_LIMIT);
        assertThat(gpu.celsius()).isBetween(24.0, 65.0);
        assertThat(gpu.utilization()).isBetween(0.0, 100.0);
      }
    }
  }

  @Test
  void a_month_is_simulated_in_seconds() {
    long before = System.nanoTime();

    run(24.0 * 6);

    double seconds = (System.nanoTime() - before) / 1e9;
    assertThat(seconds).isLessThan(25);
  }
}
