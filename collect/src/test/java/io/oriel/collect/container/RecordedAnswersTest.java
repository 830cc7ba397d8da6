package io.oriel.collect.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.oriel.collect.container.Usage.DiskUse;
import io.oriel.model.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that real daemons gave, of many versions, read in place. */
class RecordedAnswersTest {
  private static final JsonMapper JSON = new JsonMapper();
  private final Usage usage = new Usage();

  private static JsonNode answer(String file) throws IOException {
    return JSON.readTree(folder().resolve(file).toFile());
  }

  private static Path folder() {
    return SharedData.reference("metrics/samples/json/docker");
  }

  @Test
  void a_list_tells_names_images_and_states() throws IOException {
    List<Listed> listed =
        Stream.of(answer("telegraf_list.json"))
            .flatMap(list -> list.valueStream().map(Listed::of))
            .toList();

    assertThat(listed).extracting(Listed::name).startsWith("etcd", "etcd2", "acme");
    assertThat(listed.getFirst())
        .isEqualTo(
            new Listed(
                "e2173b9478a6ae55e237d4d74f8bbb753f0817192b5081334dc78476296b7dfb",
                "etcd",
                "registry.example/coreos/etcd:v3.3.25",
                "running",
                ""));
    assertThat(listed).allMatch(Listed::hasId);
  }

  @Test
  void an_old_daemon_tells_the_state_in_words() throws IOException {
    assertThat(Listed.of(answer("dockerjava_1.22_list.json").path(0)).state()).isEqualTo("running");
  }

  @Test
  void podmans_words_for_states_are_dockers() {
    JsonNode item = JSON.createObjectNode().put("State", "stopped");

    assertThat(Listed.of(item).state()).isEqualTo("exited");
  }

  @Test
  void what_has_no_whole_id_is_left_out() throws IOException {
    assertThat(Listed.of(answer("telegraf_list_not_running.json").path(0)).hasId()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "Up 3 hours, ''",
    "Up 3 hours (healthy), healthy",
    "Up 3 hours (unhealthy), unhealthy",
    "Up 2 seconds (health: starting), starting",
    "Exited (137) 2 days ago, ''"
  })
  void health_stands_in_the_words_of_the_status(String status, String health) {
    JsonNode item = JSON.createObjectNode().put("Status", status);

    assertThat(Listed.of(item).health()).isEqualTo(health);
  }

  @Test
  void an_inspection_without_most_fields_is_one() throws IOException {
    Inspected told = Inspected.of(answer("telegraf_inspect_e2173b94.json"));

    assertThat(told.container().mainPid()).isEqualTo(1234);
    assertThat(told.container().health()).isEqualTo("unhealthy");
    assertThat(told.life().failingStreak()).isOne();
    assertThat(told.life().createdMs()).isZero();
    assertThat(told.life().finishedMs()).isZero(); // 0001-01-01: never
    assertThat(told.limits().memory()).isNaN();
    assertThat(told.container().environment()).isEmpty();
  }

  @Test
  void an_inspection_tells_command_limits_and_where_the_log_goes() throws IOException {
    Inspected told = Inspected.of(answer("dockerjava_1.24_inspect.json"));

    assertThat(told.container().name()).isEqualTo("small_hodgkin");
    assertThat(told.container().command()).containsExactly("cat");
    assertThat(told.life().startedMs()).isEqualTo(1_448_053_834_845L);
    assertThat(told.log().driver()).isEqualTo("json-file");
    assertThat(told.log().path()).endsWith("-json.log");
    assertThat(told.log().isRotated()).isFalse();
    assertThat(told.container().gpus()).isEqualTo(GpuRequest.NONE);
  }

  @Test
  void a_stopped_container_says_how_it_ended() throws IOException {
    Inspected told = Inspected.of(answer("telegraf_inspect_not_running.json"));

    assertThat(told.life().exitCode()).isEqualTo(137);
    assertThat(told.life().finishedMs()).isEqualTo(1_704_070_800_000L);
  }

  @Test
  void figures_of_version_1_are_read_with_the_groups_below() throws IOException {
    assertThat(StatsAnswer.read(answer("dockerjava_1.27_stats.json"), usage)).isTrue();

    assertThat(usage.of(Figure.CPU_USAGE)).isEqualTo(0.212198028);
    assertThat(usage.of(Figure.RSS)).isEqualTo(102_400);
    assertThat(usage.of(Figure.FAULTS)).isEqualTo(9_656);
    assertThat(usage.of(Figure.PEAK)).isEqualTo(1_703_936);
    assertThat(usage.has(Figure.MEMORY_LIMIT)).isFalse(); // the limit told is the machine's memory
    assertThat(usage.has(Figure.CPU_PERIODS)).isFalse();
    assertThat(usage.disks()).containsExactly(new DiskUse("259:0", 823_296, 122_880, 145, 4));
    assertThat(usage.networks()).isNotEmpty();
  }

  @Test
  void small_letters_of_version_2_and_missing_values_are_understood() throws IOException {
    assertThat(StatsAnswer.read(answer("telegraf_stats_memory_case.json"), usage)).isTrue();

    assertThat(usage.disks())
        .extracting(DiskUse::numbers, DiskUse::readBytes, DiskUse::writes)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("6:0", 100.0, 101.0),
            org.assertj.core.groups.Tuple.tuple("6:1", Double.NaN, 201.0));
    assertThat(usage.networks()).extracting(Usage.NetworkUse::name).containsExactly("eth0", "eth1");
  }

  @Test
  void what_was_left_out_of_figures_is_a_hole() throws IOException {
    assertThat(StatsAnswer.read(answer("telegraf_stats_e2173b94.json"), usage)).isTrue();

    assertThat(usage.of(Figure.CPU_USAGE)).isEqualTo(0.020298847);
    assertThat(usage.has(Figure.MEMORY)).isFalse();
    assertThat(usage.has(Figure.CPU_SYSTEM)).isFalse();
    assertThat(usage.disks())
        .singleElement()
        .satisfies(disk -> {
          assertThat(disk.readBytes()).isEqualTo(753_664);
          assertThat(disk.writtenBytes()).isNaN();
        });
  }

  @Test
  void a_stopped_container_has_no_figures() throws IOException {
    assertThat(StatsAnswer.read(answer("telegraf_stats_not_running.json"), usage)).isFalse();
  }

  @Test
  void an_old_event_and_the_daemons_facts_are_read() throws IOException {
    Event event = Event.of(answer("dockerjava_1.24_event.json"));
    EngineFacts facts =
        EngineFacts.ofVersion(answer("dockerjava_1.22_version.json"))
            .with(answer("telegraf_info.json"), 1_456_293_309_000L);

    assertThat(event.action()).isEqualTo("create");
    assertThat(event.name()).isEqualTo("my-container");
    assertThat(event.timeNanos()).isEqualTo(1_461_943_101_381_709_551L);
    assertThat(facts.version()).isEqualTo("1.10.1");
    assertThat(facts.cpus()).isEqualTo(4);
    assertThat(facts.clockAheadMs()).isEqualTo(150);
  }

  /** Seeded mutations in place of a coverage-guided fuzzer: every answer, bent 300 times. */
  @Test
  void a_bent_answer_is_read_or_left_and_never_breaks() throws IOException {
    var random = new Random(20_260_607);
    try (Stream<Path> files = Files.list(folder())) {
      for (Path file : files.sorted().toList()) {
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < 300; i++) read(bent(whole, random));
      }
    }

    assertThat(usage.of(Figure.CPU_USAGE)).isNotInfinite();
  }

  private static byte[] bent(byte[] whole, Random random) {
    byte[] bent = whole.clone();
    String signs = "0123456789-\"[]{},:ntx";
    for (int i = 0; i < 1 + random.nextInt(8); i++) {
      bent[random.nextInt(bent.length)] = (byte) signs.charAt(random.nextInt(signs.length()));
    }
    return bent;
  }

  private void read(byte[] bytes) {
    JsonNode node;
    try {
      node = JSON.readTree(bytes);
    } catch (IOException e) {
      return; // that is found before any of these are asked
    }
    Inspected.of(node);
    Listed.of(node);
    Event.of(node);
    StatsAnswer.read(node, usage);
    EngineFacts.ofVersion(node).with(node, 0);
    for (JsonNode each : node) Listed.of(each);
  }
}
