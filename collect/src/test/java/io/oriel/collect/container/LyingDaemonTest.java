package io.oriel.collect.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.collect.peer.Address;
import io.oriel.collect.peer.Peer;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LyingDaemonTest {
  private static final String ID = "c3".repeat(32);
  private static final String OTHER = "d4".repeat(32);
  private static final String ITEM =
      """
      {"Id":"%s","Names":["/web"],"Image":"web:1","State":"running","Status":"Up"}\
      """;
  private static final String INSPECTION =
      """
      {"Id":"%s","Name":"/web","State":{"Status":"running","Pid":0},"Config":{"Image":"web:1"}}\
      """;

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock(1_750_000_000_000L);
  private final Readings readings = new Readings();
  private FakeDaemon daemon;
  private ContainerCollector collector;

  @BeforeEach
  void start() throws IOException {
    daemon = new FakeDaemon(folder);
    collector =
        new ContainerCollector(
            daemon::address,
            address -> Peer.at(address, 300, clock),
            new FakeHost(folder.resolve("host")).roots(),
            clock,
            Duration.ofSeconds(2));
    daemon.on("/containers/json", FakeDaemon.json("[" + ITEM.formatted(ID) + "]"));
    daemon.on("/containers/" + ID + "/json", FakeDaemon.json(INSPECTION.formatted(ID)));
    daemon.on("/containers/" + ID + "/stats", FakeDaemon.json(stats("")));
  }

  @AfterEach
  void stop() throws IOException {
    collector.close();
    daemon.close();
  }

  private static String stats(String more) {
    return """
    {"read":"2026-01-01T00:00:00Z","cpu_stats":{"cpu_usage":{"total_usage":5000000000}},
     "memory_stats":{"usage":100,"limit":200,"stats":{"inactive_file":30}}%s}\
    """
        .formatted(more);
  }

  private Told round() throws CollectorFailure, InterruptedException {
    readings.begin();
    collector.collect(readings);
    return Told.of(readings);
  }

  @Test
  void a_daemon_that_does_not_answer_fails_the_round_in_time() {
    daemon.on("/version", daemon.silence());

    assertThatThrownBy(this::round)
        .isInstanceOf(CollectorFailure.class)
        .hasMessageContaining("did not answer within 300ms");
  }

  @Test
  void a_socket_that_is_not_there_is_said_by_its_path() throws Exception {
    try (var nowhere =
        new ContainerCollector(
            () -> Address.of(URI.create("unix:///nowhere/docker.sock"), "a test"),
            address -> Peer.at(address, 300, clock),
            new FakeHost(folder.resolve("nowhere")).roots(),
            clock,
            Duration.ofSeconds(2))) {
      assertThatThrownBy(() -> nowhere.collect(readings))
          .hasMessage("there is no socket /nowhere/docker.sock");
    }
  }

  @Test
  void one_container_whose_figures_hang_does_not_hold_up_the_others() throws Exception {
    daemon.on(
        "/containers/json",
        FakeDaemon.json("[" + ITEM.formatted(OTHER) + "," + ITEM.formatted(ID) + "]"));
    daemon.on("/containers/" + OTHER + "/json", FakeDaemon.json(INSPECTION.formatted(OTHER)));
    daemon.on("/containers/" + OTHER + "/stats", daemon.silence());

    Told told = round();

    assertThat(told.of("oriel_container_discrepancies{kind=\"listed_without_figures\"}")).isOne();
    assertThat(told.types()).containsKey("container_cpu_usage_seconds_total");
  }

  @Test
  void who_had_no_turn_comes_first_in_the_next_round() throws Exception {
    var items = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      String id = "%064x".formatted(i);
      items.append(i == 0 ? "" : ",").append(ITEM.formatted(id).replace("/web", "/c" + i));
      daemon.on("/containers/" + id + "/json", FakeDaemon.json(INSPECTION.formatted(id)));
      daemon.on("/containers/" + id + "/stats", daemon.silence()); // 300 ms each, four at a time
    }
    daemon.on("/containers/json", FakeDaemon.json("[" + items + "]"));
    try (var hasty =
        new ContainerCollector(
            daemon::address,
            address -> Peer.at(address, 300, clock),
            new FakeHost(folder.resolve("hasty")).roots(),
            clock,
            Duration.ofSeconds(1))) { // 500 ms for all: two turns
      readings.begin();
      hasty.collect(readings);
      int before = daemon.asked().size();
      readings.begin();
      hasty.collect(readings);

      List<String> first = idsAskedFor(daemon.asked().subList(0, before));
      List<String> second =
          idsAskedFor(daemon.asked().subList(before, daemon.asked().size())).subList(0, 4);
      assertThat(first).hasSizeBetween(4, 8); // how far it came within its time
      assertThat(second).doesNotContainAnyElementsOf(first);
    }
  }

  private static List<String> idsAskedFor(List<String> asked) {
    return asked.stream()
        .filter(each -> each.contains("/stats"))
        .map(each -> each.replaceFirst(".*/containers/(.*)/stats.*", "$1"))
        .toList();
  }

  @Test
  void the_daemons_own_clock_says_until_when_events_are_asked_for() throws Exception {
    daemon.on("/info", FakeDaemon.json("{\"SystemTime\":\"2025-06-15T15:07:40Z\"}")); // 60 s ahead
    round();
    clock.advance(15_000);
    round();

    assertThat(daemon.asked().toString()).contains("until=1750000074.500000000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "<html>log in</html>",
        "[1, \"x\", null, {}, [[]]]",
        "[{\"Id\":\"../../etc/passwd\"},{\"Id\":\"x y\",\"Names\":[]}]",
        "[{\"Id\":\"zz\",\"Names\":null,\"State\":{}}]"
      })
  void a_list_that_is_none_breaks_nothing(String list) throws Exception {
    daemon.on("/containers/json", FakeDaemon.json(list));

    try {
      assertThat(round().types()).containsKey("machine_cpu_cores");
    } catch (CollectorFailure failure) {
      assertThat(failure.remedy()).isNotBlank();
    }
    assertThat(daemon.asked("passwd")).isZero();
  }

  @Test
  void a_list_without_end_is_refused() {
    daemon.on("/containers/json", FakeDaemon.endless(ITEM.formatted(ID) + ","));

    assertThatThrownBy(this::round).isInstanceOf(CollectorFailure.class);
  }

  @Test
  void more_containers_than_any_machine_has_are_refused_by_number() {
    daemon.on(
        "/containers/json",
        FakeDaemon.json("[" + (ITEM.formatted(ID) + ",").repeat(2_000) + ITEM.formatted(ID) + "]"));

    assertThatThrownBy(this::round)
        .isInstanceOf(CollectorFailure.class)
        .hasMessageContaining("lists 2001 containers");
  }

  @Test
  void events_without_end_cost_the_events_alone() throws Exception {
    round();
    clock.advance(15_000);
    daemon.on("/events", FakeDaemon.endless("{\"Type\":\"container\"}\n"));

    readings.begin();
    try {
      collector.collect(readings);
    } catch (CollectorFailure expected) {
      assertThat(expected.happened()).isNotBlank();
    }

    assertThat(Told.of(readings).types()).containsKey("machine_cpu_cores");
  }

  @Test
  void a_question_that_is_not_permitted_costs_only_itself() throws Exception {
    daemon.on("/events", FakeDaemon.status(403, "{\"message\":\"forbidden\"}"));
    daemon.on("/info", FakeDaemon.status(403, "{}"));
    daemon.on("/containers/" + ID + "/json", FakeDaemon.status(403, "{}"));
    daemon.on("/containers/" + ID + "/stats", FakeDaemon.status(403, "{}"));

    Told told = round();
    for (int i = 0; i < 5; i++) {
      clock.advance(15_000);
      told = round();
    }

    assertThat(readings.failures()).containsOnlyKeys("events", "info", "inspect", "stats");
    assertThat(
            told.of("oriel_container_state{container=\"web\", image=\"web:1\", state=\"running\"}"))
        .isOne();
    assertThat(daemon.asked("/info")).isOne();
    assertThat(daemon.asked("/stats")).isOne();
  }

  @Test
  void what_was_not_permitted_is_asked_again_after_five_minutes() throws Exception {
    daemon.on("/containers/" + ID + "/json", FakeDaemon.status(403, "{}"));
    round();
    daemon.on("/containers/" + ID + "/json", FakeDaemon.json(INSPECTION.formatted(ID)));
    clock.advance(300_000);

    assertThat(round().types()).containsKey("oriel_container_info");
    assertThat(readings.failures()).isEmpty();
  }

  @Test
  void a_daemon_that_wants_a_newer_client_is_refused_with_both_versions() {
    daemon.on("/version", FakeDaemon.json("{\"ApiVersion\":\"1.90\",\"MinAPIVersion\":\"1.60\"}"));

    assertThatThrownBy(this::round)
        .isInstanceOfSatisfying(
            CollectorFailure.class,
            failure -> {
              assertThat(failure.happened()).contains("from 1.60 on", "up to 1.56");
              assertThat(failure.remedy()).contains("newer Oriel");
            });
  }

  @Test
  void a_daemon_that_was_exchanged_is_asked_for_its_version_again() throws Exception {
    round();
    daemon.on(
        "/containers/json",
        FakeDaemon.status(400, "{\"message\":\"client version 1.43 is too old\"}"));
    assertThatThrownBy(this::round).hasMessageContaining("no longer speaks version 1.43");
    daemon.on("/version", FakeDaemon.json("{\"ApiVersion\":\"1.54\",\"MinAPIVersion\":\"1.44\"}"));
    daemon.on("/containers/json", FakeDaemon.json("[]"));

    round();

    assertThat(daemon.asked()).contains("/v1.54/containers/json?all=1");
  }

  @Test
  void a_proxy_that_keeps_the_version_back_is_asked_without_one() throws Exception {
    daemon.on("/version", FakeDaemon.status(403, "{}"));

    assertThat(round().types()).containsKey("oriel_container_info");
    assertThat(daemon.asked()).contains("/containers/json?all=1");
  }

  @Test
  void an_old_daemon_is_not_asked_for_what_it_does_not_know() throws Exception {
    daemon.on("/version", FakeDaemon.json("{\"ApiVersion\":\"1.40\",\"MinAPIVersion\":\"1.12\"}"));

    round();

    assertThat(daemon.asked()).contains("/v1.40/containers/" + ID + "/stats?stream=false");
  }

  @Test
  void null_lists_and_missing_fields_stay_holes() throws Exception {
    daemon.on(
        "/containers/" + ID + "/stats",
        FakeDaemon.json(
            stats(
                ",\"blkio_stats\":{\"io_service_bytes_recursive\":null},\"networks\":null,"
                    + "\"pids_stats\":{\"limit\":18446744073709551615}")));

    Told told = round();

    assertThat(told.types())
        .containsKey("container_memory_usage_bytes")
        .doesNotContainKeys(
            "container_fs_reads_bytes_total",
            "container_network_receive_bytes_total",
            "container_threads_max",
            "container_memory_rss",
            "container_spec_memory_limit_bytes");
  }

  @Test
  void figures_of_a_stopped_container_are_no_figures() throws Exception {
    daemon.on(
        "/containers/" + ID + "/stats",
        FakeDaemon.json(stats("").replace("2026-01-01", "0001-01-01")));

    assertThat(round().types()).doesNotContainKey("container_cpu_usage_seconds_total");
  }
}
