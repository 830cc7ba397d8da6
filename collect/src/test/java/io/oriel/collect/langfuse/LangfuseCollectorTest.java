package io.oriel.collect.langfuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.ThreadMXBean;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.model.testing.ManualClock;
import io.oriel.model.testing.SharedData;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LangfuseCollectorTest {
  private static final String METRICS = "/api/public/v2/metrics";

  private final ManualClock clock =
      new ManualClock(Instant.parse("2026-03-04T11:00:00Z").toEpochMilli());
  private final Readings readings = new Readings();
  private final FakeLangfuse langfuse = new FakeLangfuse("4.16.0");
  private LangfuseCollector collector = at("http://langfuse:3000");

  private LangfuseCollector at(String address) {
    return new LangfuseCollector(langfuse.at(address, clock));
  }

  private Told round() throws CollectorFailure, InterruptedException {
    readings.begin();
    collector.collect(readings);
    return Told.of(readings);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.85.0", "4.16.0"})
  void both_versions_are_told_alike(String version) throws Exception {
    langfuse.version = version;

    Told told = round();

    assertThat(readings.failures()).isEmpty();
    assertThat(told.of("oriel_langfuse_info{project=\"shop\", version=\"" + version + "\"}"))
        .isEqualTo(1);
    assertThat(
            told.of(
                "oriel_langfuse_observations_total{level=\"DEFAULT\", model=\"qwen3\","
                    + " type=\"GENERATION\"}"))
        .as("a number that came as text")
        .isEqualTo(40);
    assertThat(told.of("oriel_langfuse_tokens_total{direction=\"input\", model=\"qwen3\"}"))
        .isEqualTo(9000);
    assertThat(told.of("oriel_langfuse_cost_usd_total{model=\"qwen3\"}")).isEqualTo(0.5);
    assertThat(told.of("oriel_langfuse_traces_total{name=\"chat\"}")).isEqualTo(12);
    assertThat(told.of("oriel_langfuse_trace_seconds_total{name=\"chat\"}")).isEqualTo(36);
    assertThat(told.of("oriel_langfuse_user_cost_usd_total{user=\"ann\"}")).isEqualTo(0.25);
    assertThat(told.of("oriel_langfuse_user_tokens_total{user=\"ann\"}")).isEqualTo(100);
    assertThat(told.of("oriel_langfuse_hour_latency_seconds{model=\"qwen3\", quantile=\"0.95\"}"))
        .isEqualTo(4);
    assertThat(
            told.of("oriel_langfuse_hour_trace_latency_seconds{name=\"chat\", quantile=\"0.5\"}"))
        .isEqualTo(2.5);
    assertThat(told.of("oriel_langfuse_hour_score_mean{name=\"helpful\"}")).isEqualTo(-0.5);
    assertThat(told.of("oriel_langfuse_newest_trace_timestamp_seconds"))
        .isEqualTo(clock.millis() / 1000.0 - 60);
  }

  @ParameterizedTest
  @CsvSource({
    "3.0.1, V3",
    "v3.85.0, V3",
    "2.95.1, V3",
    "4.0.0, V4",
    "10.1, V4",
    "'', V4",
    "main, V4"
  })
  void the_version_says_how_to_ask(String version, Dialect dialect) {
    assertThat(Dialect.of(version)).isEqualTo(dialect);
  }

  @Test
  void what_is_not_known_is_no_zero() throws Exception {
    Told told = round();

    assertThat(told.of("oriel_langfuse_cost_usd_total{model=\"own\"}")).isNaN();
    assertThat(told.of("oriel_langfuse_tokens_total{direction=\"input\", model=\"own\"}")).isNaN();
    assertThat(told.of("oriel_langfuse_hour_latency_seconds{model=\"qwen3\", quantile=\"0.99\"}"))
        .isNaN();
  }

  @Test
  void version_4_groups_by_no_user_so_its_pages_are_read_to_the_end() throws Exception {
    Told told = round();

    assertThat(told.of("oriel_langfuse_user_tokens_total{user=\"bob\"}"))
        .as("on the second page, and without a total")
        .isEqualTo(10);
    assertThat(langfuse.queries.toString()).doesNotContain("userId");
  }

  @Test
  void slices_follow_each_other_without_a_gap_so_that_counters_are_counters() throws Exception {
    Told first = round();
    clock.advance(60_000);
    Told second = round();
    clock.advance(600_000);
    round();

    List<JsonNode> slices =
        langfuse.queries.stream().filter(query -> query.toString().contains("\"level\"")).toList();
    assertThat(slices).hasSize(3);
    for (int i = 1; i < slices.size(); i++) {
      assertThat(slices.get(i).path("fromTimestamp"))
          .isEqualTo(slices.get(i - 1).path("toTimestamp"));
    }
    assertThat(slices.getFirst().path("toTimestamp").asText())
        .as("what is younger may not be taken in yet")
        .isEqualTo("2026-03-04T10:55:00Z");
    String series = "oriel_langfuse_cost_usd_total{model=\"qwen3\"}";
    assertThat(second.of(series)).isEqualTo(2 * first.of(series));
  }

  @Test
  void a_slice_that_was_not_answered_is_asked_again_with_the_next() throws Exception {
    round();
    langfuse.refuses.put(METRICS, 500);
    clock.advance(60_000);
    round();
    assertThat(readings.failures()).containsOnlyKeys("observations", "traces");
    langfuse.refuses.clear();
    langfuse.queries.clear();
    clock.advance(60_000);

    round();

    assertThat(readings.failures()).isEmpty();
    assertThat(langfuse.queries.getFirst().path("fromTimestamp").asText())
        .isEqualTo("2026-03-04T10:55:00Z");
  }

  @Test
  void figures_are_asked_once_a_minute_and_told_on_with_their_age() throws Exception {
    round();
    int asked = langfuse.asked.size();
    clock.advance(45_000);

    Told told = round();

    assertThat(langfuse.asked.subList(asked, langfuse.asked.size()))
        .containsExactly("/api/public/health");
    assertThat(told.of("oriel_langfuse_answer_age_seconds{part=\"observations\"}")).isEqualTo(45);
    assertThat(told.of("oriel_langfuse_cost_usd_total{model=\"qwen3\"}")).isEqualTo(0.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.85.0", "4.16.0"})
  void no_minute_has_more_questions_than_the_least_generous_limit(String version) throws Exception {
    langfuse.version = version;
    langfuse.pages = IntStream.range(0, 9).mapToObj(_ -> langfuse.pages.getFirst()).toList();
    for (int i = 0; i < 4; i++) {
      round();
      clock.advance(15_000);
    }

    assertThat(langfuse.asked.stream().filter(path -> !path.endsWith("/health")))
        .hasSizeLessThanOrEqualTo(15);
  }

  @Test
  void figures_of_an_hour_are_asked_every_five_minutes() throws Exception {
    for (int i = 0; i < 10; i++) {
      round();
      clock.advance(60_000);
    }

    assertThat(langfuse.queries.stream().filter(query -> query.toString().contains("p95")))
        .hasSize(4);
  }

  @Test
  void failing_questions_are_not_asked_more_often() throws Exception {
    langfuse.refuses.put(METRICS, 500);
    for (int i = 0; i < 4; i++) {
      round();
      clock.advance(14_000);
    }

    assertThat(langfuse.asked.stream().filter(METRICS::equals)).hasSize(5);
  }

  @Test
  void the_cloud_has_a_limit_of_metrics_a_day() throws Exception {
    collector = at("https://cloud.langfuse.com");
    for (int i = 0; i < 24 * 60; i++) {
      round();
      clock.advance(60_000);
    }

    assertThat(langfuse.asked.stream().filter(METRICS::equals)).hasSizeBetween(50, 100);
  }

  @Test
  void who_asks_for_peace_gets_it_and_the_figures_stay_told() throws Exception {
    round();
    langfuse.refuses.put(METRICS, 429);
    langfuse.retryAfterMs = 120_000;
    clock.advance(60_000);
    round();
    langfuse.refuses.clear();
    int asked = langfuse.asked.size();
    clock.advance(119_000);

    Told told = round();

    assertThat(langfuse.asked).hasSize(asked);
    assertThat(readings.failures().get("rate limit")).contains("429", "left in peace");
    assertThat(told.of("oriel_langfuse_up")).isEqualTo(1);
    assertThat(told.of("oriel_langfuse_answer_age_seconds{part=\"observations\"}")).isEqualTo(179);
    assertThat(told.of("oriel_langfuse_cost_usd_total{model=\"qwen3\"}")).isEqualTo(0.5);
    clock.advance(1_000);
    round();
    assertThat(langfuse.asked.size()).isGreaterThan(asked);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void a_wrong_key_is_told_with_the_remedy_and_asked_less_often(int status) {
    langfuse.refuses.put("/api/public/projects", status);
    for (int i = 0; i < 60; i++) {
      readings.begin();
      assertThatThrownBy(() -> collector.collect(readings))
          .isInstanceOfSatisfying(
              CollectorFailure.class,
              failure -> {
                assertThat(failure.happened()).contains("" + status);
                assertThat(failure.remedy()).contains("pk-lf-", "sk-lf-", "collectors.systems");
              });
      assertThat(Told.of(readings).of("oriel_langfuse_up")).isEqualTo(1);
      clock.advance(15_000);
    }
    assertThat(langfuse.asked.stream().filter("/api/public/projects"::equals))
        .as("at 0, 1, 3, 7, 12 minutes")
        .hasSize(5);
  }

  @Test
  void a_langfuse_that_is_gone_is_down_and_nothing_else_is_told() throws Exception {
    round();
    langfuse.refuses.put("/api/public/health", 0);
    readings.begin();

    assertThatThrownBy(() -> collector.collect(readings)).isInstanceOf(CollectorFailure.class);

    assertThat(Told.of(readings).values()).hasSize(1);
    assertThat(Told.of(readings).of("oriel_langfuse_up")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\": 5}",
        "{}",
        "[1]",
        "{\"data\": [[], 7, null, {\"count_count\": \"x\"}]}"
      })
  void an_answer_of_another_shape_costs_no_more_than_its_part(String answer) throws Exception {
    langfuse.says.put(METRICS, answer);

    Told told = round();

    assertThat(told.of("oriel_langfuse_user_cost_usd_total{user=\"ann\"}")).isEqualTo(0.25);
    assertThat(told.values().keySet())
        .noneMatch(series -> series.metricName().equals("oriel_langfuse_traces_total"));
  }

  @Test
  void an_answer_that_breaks_off_costs_its_part_and_a_second_one_ends_the_asking() {
    langfuse.says.put(METRICS, "{\"data\": [{\"traceName\": \"ch");
    readings.begin();

    assertThatThrownBy(() -> collector.collect(readings)).hasMessageContaining("is not JSON");

    assertThat(langfuse.queries).isEmpty();
    assertThat(langfuse.asked.stream().filter(METRICS::equals)).hasSize(2);
  }

  @Test
  void an_answer_that_was_cut_at_the_limit_of_rows_is_not_taken_for_whole() throws Exception {
    String rows =
        String.join(
            ",",
            IntStream.range(0, 1000).mapToObj(i -> "{\"traceName\": \"t" + i + "\"}").toList());
    langfuse.says.put(METRICS, "{\"data\": [" + rows + "]}");

    round();

    assertThat(readings.failures().get("traces")).contains("more than 1000 rows");
  }

  @Test
  void more_users_than_names_are_others_and_none_is_lost() throws Exception {
    var rows = new ArrayList<String>();
    for (int i = 0; i < 120; i++) {
      rows.add("{\"userId\": \"u%d\", \"totalCost\": %d, \"usageDetails\": {}}".formatted(i, i));
    }
    langfuse.pages = List.of(String.join(",", rows));

    Told told = round();

    double sum = 0;
    int named = 0;
    for (var each : told.values().entrySet()) {
      if (!each.getKey().metricName().equals("oriel_langfuse_user_cost_usd_total")) continue;
      sum += each.getValue();
      named++;
    }
    assertThat(named).isEqualTo(Named.MOST + 1);
    assertThat(sum).isEqualTo(119 * 120 / 2.0);
    assertThat(told.of("oriel_langfuse_user_cost_usd_total{user=\"u119\"}"))
        .as("the largest has a name")
        .isEqualTo(119);
  }

  @Test
  void more_pages_than_are_read_are_said_and_not_half_counted() throws Exception {
    langfuse.pages = IntStream.range(0, 9).mapToObj(_ -> langfuse.pages.getFirst()).toList();

    Told told = round();

    assertThat(readings.failures().get("users")).contains("more than 5000 observations");
    assertThat(told.of("oriel_langfuse_user_cost_usd_total{user=\"ann\"}")).isNaN();
  }

  @Test
  void recorded_observations_are_added_up_as_they_stand_there() throws Exception {
    var json = new JsonMapper();
    var pages = new ArrayList<String>();
    double cost = 0;
    double tokens = 0;
    Path folder = SharedData.reference("metrics/samples/json/langfuse-traces");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        var rows = new ArrayList<String>();
        JsonNode root = json.readTree(Files.readAllBytes(file));
        JsonNode all = root.path("observations");
        if (all.isEmpty()) all = root.path("trace").path("observations");
        for (JsonNode each : all) {
          rows.add(each.toString());
          cost += each.path("totalCost").asDouble();
          tokens += each.path("usageDetails").path("total").asDouble();
        }
        pages.add(String.join(",", rows));
      }
    }
    langfuse.pages = List.of(String.join(",", pages));

    Told told = round();

    assertThat(cost).isPositive();
    assertThat(told.of("oriel_langfuse_user_cost_usd_total")).isCloseTo(cost, Offset.offset(1e-9));
    assertThat(told.of("oriel_langfuse_user_tokens_total")).isEqualTo(tokens);
  }

  @Test
  void a_round_without_questions_allocates_little() throws Exception {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 200; i++) round();
    readings.begin();
    long before = threads.getCurrentThreadAllocatedBytes();
    collector.collect(readings);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(32 << 10);
  }
}
