package io.oriel.collect.container;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.collect.peer.Peer;
import io.oriel.model.testing.ManualClock;
import io.oriel.model.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerCollectorTest {
  private static final String VLLM = "a1".repeat(32);
  private static final String OLD = "b2".repeat(32);

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock(1_750_000_000_000L);
  private final Readings readings = new Readings();
  private FakeDaemon daemon;
  private FakeHost host;
  private ContainerCollector collector;

  @BeforeEach
  void start() throws IOException {
    daemon = new FakeDaemon(folder);
    host = new FakeHost(folder.resolve("host"));
    collector =
        new ContainerCollector(
            daemon::address,
            address -> Peer.at(address, 1_000, clock),
            host.roots(),
            clock,
            Duration.ofSeconds(2));
    lists(item(VLLM, "vllm-qwen3", "running", "Up 3 hours (healthy)"));
    inspects(VLLM, "running", 4711, "");
  }

  @AfterEach
  void stop() throws IOException {
    collector.close();
    daemon.close();
  }

  private void lists(String... items) {
    daemon.on("/containers/json", FakeDaemon.json("[" + String.join(",", items) + "]"));
  }

  private static String item(String id, String name, String state, String status) {
    return """
    {"Id":"%s","Names":["/%s"],"Image":"vllm/vllm-openai:v0.10.0","State":"%s","Status":"%s"}\
    """
        .formatted(id, name, state, status);
  }

  private void inspects(String id, String state, long pid, String more) {
    daemon.on(
        "/containers/" + id + "/json",
        FakeDaemon.json(
            """
            {"Id":"%s","Name":"/vllm-qwen3","Path":"vllm","Args":["serve","--api-key","sk-1"],
             "Created":"2025-06-15T12:00:00Z","RestartCount":2,
             "State":{"Status":"%s","Pid":%d,"StartedAt":"2025-06-15T14:06:40Z",
              "FinishedAt":"2025-06-15T14:00:00.5Z","ExitCode":137,"OOMKilled":true,
              "Health":{"Status":"healthy","FailingStreak":0}},
             "Config":{"Image":"vllm/vllm-openai:v0.10.0",
              "Env":["CUDA_VERSION=12.8.1","HF_TOKEN=hf_secret","VLLM_API_KEY=sk-2"],
              "Labels":{"com.docker.compose.service":"qwen"}},
             "HostConfig":{"NetworkMode":"bridge","RestartPolicy":{"Name":"always"},
              "DeviceRequests":[{"Count":0,"DeviceIDs":["0","1"],"Capabilities":[["gpu"]]}]},
             "Mounts":[{"Type":"bind","Source":"/models","Destination":"/data","RW":false}],
             "NetworkSettings":{"Networks":{"bridge":{"IPAddress":"172.17.0.2"}},
              "Ports":{"8000/tcp":[{"HostIp":"0.0.0.0","HostPort":"8001"}],"9000/tcp":null}}%s}\
            """
                .formatted(id, state, pid, more)));
  }

  private Told round() throws Exception {
    readings.begin();
    collector.collect(readings);
    return Told.of(readings);
  }

  @Test
  void a_container_is_measured_by_the_kernels_files_and_the_daemon_is_not_asked_for_figures()
      throws Exception {
    host.process(4711, VLLM);

    Told told = round();

    String labels =
        "{container=\"vllm-qwen3\", container_label_com_docker_compose_service=\"qwen\","
            + " id=\"/system.slice/docker-%s.scope\", image=\"vllm/vllm-openai:v0.10.0\", name=\"vllm-qwen3\"}"
                .formatted(VLLM);
    assertThat(value(told, "container_memory_usage_bytes", labels)).isEqualTo(1_000_000);
    assertThat(value(told, "container_memory_working_set_bytes", labels)).isEqualTo(700_000);
    assertThat(value(told, "container_cpu_user_seconds_total", labels)).isEqualTo(2);
    assertThat(value(told, "container_start_time_seconds", labels)).isEqualTo(1_749_996_400);
    assertThat(value(told, "container_processes", labels)).isEqualTo(1);
    assertThat(daemon.asked("/stats")).isZero();
  }

  private static double value(Told told, String name, String labels) {
    return told.values().entrySet().stream()
        .filter(each -> each.getKey().metricName().equals(name))
        .filter(each -> each.getKey().withoutName().toString().equals(labels))
        .mapToDouble(java.util.Map.Entry::getValue)
        .findFirst()
        .orElse(Double.NaN);
  }

  @Test
  void a_limit_that_is_absent_is_absent() throws Exception {
    host.process(4711, VLLM);

    Told told = round();

    assertThat(told.types())
        .containsKey("container_memory_usage_bytes")
        .doesNotContainKeys("container_spec_memory_limit_bytes", "container_spec_cpu_quota");
  }

  @Test
  void what_a_container_is_stands_in_words() throws Exception {
    host.process(4711, VLLM);

    Told told = round();

    String own = "container=\"vllm-qwen3\", ";
    String image = "image=\"vllm/vllm-openai:v0.10.0\"";
    assertThat(told.of("oriel_container_state{" + own + image + ", state=\"running\"}")).isOne();
    assertThat(told.of("oriel_container_health{" + own + "health=\"healthy\", " + image + "}"))
        .isOne();
    assertThat(told.of("oriel_container_uptime_seconds{" + own + image + "}")).isEqualTo(3_600);
    assertThat(told.of("oriel_container_restarts_total{" + own + image + "}")).isEqualTo(2);
    assertThat(told.of("oriel_container_gpus_assigned{" + own + image + "}")).isEqualTo(2);
    assertThat(told.values().keySet().toString())
        .contains(
            "class=\"gpu\"", "cuda_version=\"12.8.1\"", "destination=\"/data\"", "mode=\"ro\"")
        .doesNotContain("secret", "sk-");
  }

  @Test
  void other_rooms_see_the_list_of_the_last_round_without_secrets() throws Exception {
    host.process(4711, VLLM);

    round();

    Container vllm = requireNonNull(collector.containers().byId(VLLM));
    assertThat(vllm.pids()).containsExactly(4711L);
    assertThat(vllm.command()).containsExactly("vllm", "serve", "--api-key", "<secret>");
    assertThat(vllm.environment()).containsOnlyKeys("CUDA_VERSION");
    assertThat(vllm.addresses()).containsEntry("bridge", "172.17.0.2");
    assertThat(vllm.ports())
        .containsExactlyInAnyOrder(
            new Container.Port(8000, "tcp", 8001, "0.0.0.0"),
            new Container.Port(9000, "tcp", 0, ""));
    assertThat(vllm.gpus().devices()).containsExactly("0", "1");
    assertThat(vllm.health()).isEqualTo("healthy");
  }

  @Test
  void an_inspection_is_kept_until_something_happens() throws Exception {
    host.process(4711, VLLM);
    round();
    clock.advance(15_000);
    round();
    assertThat(daemon.asked("/" + VLLM + "/json")).isEqualTo(1);

    daemon.on(
        "/events",
        FakeDaemon.json(
            """
            {"Type":"container","Action":"die","Actor":{"ID":"%s","Attributes":{"exitCode":"137"}},"timeNano":1}
            {"Type":"container","Action":"start","Actor":{"ID":"%s"},"timeNano":2}
            """
                .formatted(VLLM, VLLM)));
    clock.advance(15_000);
    Told told = round();

    assertThat(daemon.asked("/" + VLLM + "/json")).isEqualTo(2);
    assertThat(told.of("oriel_container_engine_events_total{action=\"die\"}")).isOne();
    assertThat(told.of("oriel_container_exits_total{code=\"137\"}")).isOne();
    assertThat(
            told.of(
                "oriel_container_events_total{action=\"start\", container=\"vllm-qwen3\","
                    + " image=\"vllm/vllm-openai:v0.10.0\"}"))
        .isOne();
  }

  @Test
  void events_are_asked_for_from_where_the_last_round_ended() throws Exception {
    round();
    clock.advance(15_000);
    round();
    clock.advance(15_000);
    round();

    assertThat(daemon.asked().stream().filter(each -> each.contains("/events")))
        .extracting(each -> each.replaceFirst("&filters.*", ""))
        .containsExactly(
            "/v1.43/events?since=1749999999.500000000&until=1750000014.500000000",
            "/v1.43/events?since=1750000014.500000000&until=1750000029.500000000");
  }

  @Test
  void a_container_that_ended_says_how() throws Exception {
    lists(item(OLD, "old", "exited", "Exited (137) 3 hours ago"));
    inspects(OLD, "exited", 0, "");

    Told told = round();

    assertThat(
            told.of(
                "oriel_container_exit_code{container=\"old\", image=\"vllm/vllm-openai:v0.10.0\","
                    + " reason=\"out of memory\"}"))
        .isEqualTo(137);
    assertThat(told.types().keySet())
        .noneMatch(each -> each.startsWith("container_cpu") || each.startsWith("container_spec"));
    assertThat(daemon.asked("/stats")).isZero();
  }

  @Test
  void where_the_kernels_files_cannot_be_seen_the_daemon_is_asked() throws Exception {
    daemon.on("/containers/" + VLLM + "/stats", recorded("dockerjava_1.27_stats.json"));

    Told told = round();

    assertThat(daemon.asked("/stats?stream=false&one-shot=true")).isEqualTo(1);
    assertThat(told.types())
        .containsKeys("container_cpu_usage_seconds_total", "container_network_receive_bytes_total");
    assertThat(told.of("oriel_container_discrepancies{kind=\"listed_without_figures\"}")).isZero();
  }

  private static FakeDaemon.Answer recorded(String file) throws IOException {
    return FakeDaemon.json(
        Files.readString(SharedData.reference("metrics/samples/json/docker/" + file)));
  }

  @Test
  void a_process_number_of_another_machine_is_not_taken_for_one_here() throws Exception {
    host.process(4711, OLD); // here 4711 is somebody else

    Told told = round();

    assertThat(daemon.asked("/stats")).isEqualTo(1);
    assertThat(told.values().keySet().toString()).doesNotContain("docker-" + OLD);
  }

  @Test
  void a_running_container_without_figures_is_itself_a_series() throws Exception {
    daemon.on("/containers/" + VLLM + "/stats", FakeDaemon.json("{}"));

    Told told = round();

    assertThat(told.of("oriel_container_discrepancies{kind=\"listed_without_figures\"}")).isOne();
    assertThat(told.types()).doesNotContainKey("container_cpu_usage_seconds_total");
  }

  @Test
  void a_control_group_that_the_runtime_does_not_list_is_itself_a_series() throws Exception {
    host.process(4711, VLLM).process(4712, OLD);

    Told told = round();
    for (int i = 0; i < 4; i++) told = round();

    assertThat(told.of("oriel_container_discrepancies{kind=\"running_but_not_listed\"}")).isOne();
    assertThat(told.values().keySet().toString()).contains("container=\"b2b2b2b2b2b2\"");
  }

  @Test
  void a_daemon_that_is_gone_leaves_the_kernels_figures_under_the_known_names() throws Exception {
    host.process(4711, VLLM);
    round();
    daemon.close();

    readings.begin();
    assertThatThrownBy(() -> collector.collect(readings)).isInstanceOf(CollectorFailure.class);

    assertThat(Told.of(readings).values().keySet().toString())
        .contains("container_memory_usage_bytes", "name=\"vllm-qwen3\"");
  }

  @Test
  void without_a_daemon_containers_are_told_by_the_kernel_alone() throws Exception {
    host.process(4711, VLLM);
    var alone =
        new ContainerCollector(
            () -> null,
            address -> Peer.at(address, 1_000, clock),
            host.roots(),
            clock,
            Duration.ofSeconds(2));

    readings.begin();
    alone.collect(readings);

    Told told = Told.of(readings);
    assertThat(told.values().keySet().toString())
        .contains("container_cpu_usage_seconds_total", "name=\"a1a1a1a1a1a1\"");
    assertThat(told.of("machine_cpu_cores")).isEqualTo(2);
    assertThat(told.of("machine_cpu_physical_cores")).isOne();
    assertThat(told.of("machine_memory_bytes")).isEqualTo(16_384 * 1024.0);
    assertThat(alone.where()).endsWith("fs/cgroup");
  }

  @Test
  void the_size_of_its_log_is_told_where_it_can_be_seen() throws Exception {
    host.process(4711, VLLM).write("var/log/vllm-json.log", "x".repeat(1_234));
    inspects(VLLM, "running", 4711, ",\"LogPath\":\"/var/log/vllm-json.log\"");

    assertThat(
            round()
                .of(
                    "oriel_container_log_bytes{container=\"vllm-qwen3\","
                        + " image=\"vllm/vllm-openai:v0.10.0\"}"))
        .isEqualTo(1_234);
  }

  @Test
  void a_container_that_is_removed_is_told_no_more() throws Exception {
    host.process(4711, VLLM);
    round();
    lists();

    assertThat(round().values().keySet().toString()).doesNotContain("vllm-qwen3");
    assertThat(collector.containers().list()).isEmpty();
  }

  @Test
  void what_was_measured_once_is_not_told_again_when_it_cannot_be_measured() throws Exception {
    host.process(4711, VLLM);
    round();
    host.remove("sys/fs/cgroup/system.slice/docker-" + VLLM + ".scope/cpu.stat");

    Told told = round();

    assertThat(told.types()).doesNotContainKey("container_memory_usage_bytes");
    assertThat(told.of("oriel_container_discrepancies{kind=\"listed_without_figures\"}")).isOne();
  }

  @Test
  void a_daemon_that_was_away_is_asked_for_its_version_again() throws Exception {
    round();
    daemon.close();
    assertThatThrownBy(this::round).isInstanceOf(CollectorFailure.class);
    daemon = new FakeDaemon(folder);
    daemon.on("/version", FakeDaemon.json("{\"ApiVersion\":\"1.47\"}"));
    lists();

    round();

    assertThat(daemon.asked()).contains("/v1.47/containers/json?all=1");
  }

  @Test
  void a_container_that_is_renamed_goes_on_under_its_new_name() throws Exception {
    host.process(4711, VLLM);
    round();
    lists(item(VLLM, "qwen-new", "running", "Up 3 hours (healthy)"));

    assertThat(round().values().keySet().toString())
        .contains("name=\"qwen-new\"")
        .doesNotContain("name=\"vllm-qwen3\"");
  }

  @Test
  void a_steady_round_costs_two_questions() throws Exception {
    host.process(4711, VLLM);
    round();
    clock.advance(15_000);
    round();
    int before = daemon.asked().size();
    clock.advance(15_000);
    round();

    assertThat(daemon.asked().subList(before, daemon.asked().size()))
        .filteredOn(each -> !each.contains("size=1")) // every 15 minutes, beside the rounds
        .extracting(each -> each.replaceFirst("\\?.*", ""))
        .containsExactly("/v1.43/containers/json", "/v1.43/events");
  }

  @Test
  void every_metric_that_is_told_stands_in_the_table_with_its_type() throws Exception {
    host.process(4711, VLLM);

    Told told = round();

    assertThat(collector.metrics())
        .extracting(io.oriel.collect.Metric::name)
        .containsAll(told.types().keySet())
        .doesNotHaveDuplicates();
  }
}
