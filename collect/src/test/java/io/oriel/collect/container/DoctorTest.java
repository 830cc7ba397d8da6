package io.oriel.collect.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.peer.Peer;
import io.oriel.model.Clock;
import io.oriel.model.testing.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {
  private static final String ID = "0123456789abcdef".repeat(4);
  private static final long DAY = 86_400_000;
  private final Doctor doctor = new Doctor(KeepList.NONE);

  /** A container that nothing is wrong with; each test changes one thing. */
  private static Patient well() {
    return new Patient(
        container("web", "running", "healthy"), 0, DAY, 0.5, 0.5, true, true, true, true, 0, 0);
  }

  private static Container container(String name, String state, String health) {
    return new Container(
        ID,
        name,
        "web:1",
        "",
        state,
        health,
        0,
        1,
        List.of(),
        List.of(),
        Map.of(),
        Map.of(),
        "bridge",
        Map.of(),
        List.of(),
        GpuRequest.NONE,
        List.of(),
        "");
  }

  private static Patient as(Container container) {
    return new Patient(container, 0, DAY, 0.5, 0.5, true, true, true, true, 0, 0);
  }

  private List<Finding.Kind> kinds(Patient... patients) {
    return doctor.examine(List.of(patients)).stream().map(Finding::kind).toList();
  }

  @Test
  void a_container_that_is_well_is_not_mentioned() {
    assertThat(kinds(well())).isEmpty();
  }

  @Test
  void who_does_nothing_for_long_is_idle() {
    var idle = new Patient(well().container(), 0, DAY, 0.0001, 0, true, true, true, true, 0, 0);
    var young = new Patient(well().container(), 0, 60_000, 0.0001, 0, true, true, true, true, 0, 0);
    var busyNow =
        new Patient(well().container(), 0, DAY, 0.0001, 0.9, true, true, true, true, 0, 0);
    var unknown =
        new Patient(
            well().container(), 0, DAY, Double.NaN, Double.NaN, true, true, true, true, 0, 0);

    assertThat(kinds(idle)).containsExactly(Finding.Kind.IDLE);
    assertThat(kinds(young, busyNow, unknown)).isEmpty();
  }

  @Test
  void an_unhealthy_one_is_found() {
    assertThat(kinds(as(container("web", "running", "unhealthy"))))
        .containsExactly(Finding.Kind.UNHEALTHY);
  }

  @Test
  void restarting_again_and_again_is_a_loop_while_it_does_not_stay_up() {
    var settled = new Patient(well().container(), 9, DAY, 0.5, 0.5, true, true, true, true, 0, 0);
    var young = new Patient(well().container(), 9, 5_000, 0.5, 0.5, true, true, true, true, 0, 0);
    var once = new Patient(well().container(), 1, 5_000, 0.5, 0.5, true, true, true, true, 0, 0);

    assertThat(kinds(as(container("web", "restarting", ""))))
        .containsExactly(Finding.Kind.RESTART_LOOP);
    assertThat(kinds(young)).containsExactly(Finding.Kind.RESTART_LOOP);
    assertThat(kinds(settled, once)).isEmpty();
  }

  @Test
  void limits_that_lack_are_named() {
    var none = new Patient(well().container(), 0, DAY, 0.5, 0.5, false, false, false, true, 0, 0);
    var noPids = new Patient(well().container(), 0, DAY, 0.5, 0.5, true, true, false, true, 0, 0);

    assertThat(doctor.examine(List.of(none)))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.happened()).contains("memory, CPU, processes");
          assertThat(finding.isSafe()).isFalse(); // how much is a person's decision
        });
    assertThat(kinds(noPids)).isEmpty(); // most have none, and few need one
  }

  @ParameterizedTest
  @CsvSource({
    "false, 300000000, 0, true",
    "true, 300000000, 0, false",
    "false, 1000, 20000, true",
    "false, 1000, 10, false",
    "false, -1, 0, false"
  })
  void a_log_that_is_large_or_grows_fast_and_is_never_cut_is_found(
      boolean isRotated, long bytes, double perSecond, boolean isFound) {
    var one =
        new Patient(
            well().container(), 0, DAY, 0.5, 0.5, true, true, true, isRotated, bytes, perSecond);

    assertThat(kinds(one).contains(Finding.Kind.GROWING_LOG)).isEqualTo(isFound);
  }

  @ParameterizedTest
  @CsvSource({
    "web, web, true",
    "web, web2, false",
    "vllm-*, vllm-qwen, true",
    "vllm-*, xvllm-q, false",
    "*-db, my-db, true",
    "a*b*c, a1b2c, true",
    "a*b*c, a1c2b, false",
    "ab*ba, aba, false",
    "*, anything, true"
  })
  void the_keep_list_knows_names_and_stars(String line, String name, boolean isKept) {
    KeepList list = KeepList.of(List.of("# what belongs here", "", line + " # why"));

    assertThat(list.keeps(name)).isEqualTo(isKept);
  }

  @Test
  void who_is_not_on_a_declared_list_is_found_and_without_a_list_nobody_is() {
    var strict = new Doctor(KeepList.of(List.of("db")));

    assertThat(strict.examine(List.of(well())))
        .singleElement()
        .extracting(Finding::kind)
        .isEqualTo(Finding.Kind.NOT_ON_KEEP_LIST);
    assertThat(kinds(well())).isEmpty();
  }

  @Test
  void the_script_does_what_is_safe_and_leaves_decisions_as_comments() {
    Patient loop = as(container("loop", "restarting", ""));
    Patient sick = as(container("sick\nrm -rf /", "running", "unhealthy"));

    String script = new Checkup(2, doctor.examine(List.of(sick, loop))).script();

    assertThat(script.lines().filter(line -> !line.isEmpty() && !line.startsWith("#")))
        .containsExactly(
            "set -eu", "docker update --restart=no 0123456789ab", "docker stop 0123456789ab");
    assertThat(script).contains("# docker restart 0123456789ab", "# sick rm -rf /: its health");
  }

  @Test
  void nothing_found_is_an_empty_script() {
    var checkup = new Checkup(3, List.of());

    assertThat(checkup.script()).isEmpty();
    assertThat(checkup.words()).isEqualTo("3 containers: nothing found\n");
  }

  @Test
  void json_has_the_same_as_the_words() throws Exception {
    Patient sick = as(container("sick", "running", "unhealthy"));

    JsonNode json = new JsonMapper().readTree(new Checkup(1, doctor.examine(List.of(sick))).json());

    assertThat(json.path("containers").asInt()).isEqualTo(1);
    assertThat(json.path("findings").path(0).path("kind").asText()).isEqualTo("unhealthy");
    assertThat(json.path("findings").path(0).path("commands").path(0).asText())
        .isEqualTo("docker restart 0123456789ab");
  }

  /** A clock whose sleep is over at once, and during which something happens. */
  private static final class Sleeper implements Clock {
    private final ManualClock time = new ManualClock(1_750_000_000_000L);
    private final Runnable meanwhile;

    Sleeper(Runnable meanwhile) {
      this.meanwhile = meanwhile;
    }

    @Override
    public long millis() {
      return time.millis();
    }

    @Override
    public long nanos() {
      return time.nanos();
    }

    @Override
    public java.time.Instant instant() {
      return time.instant();
    }

    @Override
    public void sleepUntil(long untilMs) {
      time.advance(untilMs - time.millis());
      meanwhile.run();
    }
  }

  @Test
  void a_checkup_looks_twice_at_each_container_of_a_daemon(@TempDir Path folder) throws Exception {
    try (var daemon = new FakeDaemon(folder)) {
      var host = new FakeHost(folder.resolve("host"));
      host.process(4711, ID).write("log", "x");
      daemon.on(
          "/containers/json",
          FakeDaemon.json(
              "[{\"Id\":\"%s\",\"Names\":[\"/sleeper\"],\"Image\":\"a\",\"State\":\"running\"}]"
                  .formatted(ID)));
      daemon.on(
          "/containers/" + ID + "/json",
          FakeDaemon.json(
              """
              {"Id":"%s","Name":"/sleeper","LogPath":"/log","State":{"Status":"running","Pid":4711,
               "StartedAt":"2025-06-01T00:00:00Z"},"HostConfig":{"Memory":1000000,"NanoCpus":1000000000,
               "LogConfig":{"Type":"json-file","Config":{}}}}\
              """
                  .formatted(ID)));
      var clock =
          new Sleeper(() -> {
            try {
              host.write("log", "x".repeat(100_000));
            } catch (java.io.IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      try (var collector =
          new ContainerCollector(
              daemon::address,
              address -> Peer.at(address, 1_000, clock),
              host.roots(),
              clock,
              Duration.ofSeconds(2))) {

        Checkup checkup = Checkup.of(collector, doctor, clock, 2_000);

        assertThat(checkup.containers()).isEqualTo(1);
        assertThat(checkup.findings())
            .extracting(Finding::kind)
            .containsExactly(Finding.Kind.GROWING_LOG, Finding.Kind.IDLE);
      }
    }
  }

  @Test
  void without_a_daemon_there_is_no_checkup(@TempDir Path folder) throws Exception {
    var clock = new Sleeper(() -> {});
    try (var collector =
        new ContainerCollector(
            () -> null,
            address -> Peer.at(address, 1_000, clock),
            new FakeHost(folder).roots(),
            clock,
            Duration.ofSeconds(2))) {
      assertThatThrownBy(() -> Checkup.of(collector, doctor, clock, 1))
          .isInstanceOf(CollectorFailure.class)
          .hasMessageContaining("no daemon");
    }
  }
}
