package io.oriel.collect.litellm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.collect.catalogue.ModelField;
import io.oriel.collect.catalogue.ModelSighting;
import io.oriel.collect.peer.ScriptedPeer;
import io.oriel.model.testing.ManualClock;
import io.oriel.model.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LitellmCollectorTest {
  private static final long NOON = Instant.parse("2026-03-04T12:00:00Z").toEpochMilli();
  private static final String USERS =
      "/user/daily/activity/aggregated?start_date=2026-03-04&end_date=2026-03-04";
  private static final String TEAMS =
      "/team/daily/activity/aggregated?start_date=2026-03-04&end_date=2026-03-04";
  private static final String READY =
      "{\"status\": \"healthy\", \"db\": \"connected\", \"litellm_version\": \"1.95.0\"}";
  private static final String PAGE =
      """
      # TYPE litellm_spend_metric_total counter
      litellm_spend_metric_total{model="a",api_key_alias="None"} 0.5
      # TYPE litellm_deployment_success_responses_total counter
      litellm_deployment_success_responses_total{requested_model="a"} 3
      # TYPE litellm_in_flight_requests gauge
      litellm_in_flight_requests 2
      """;
  private static final String MODELS =
      """
      {"data": [{"model_name": "qwen3-32b",
        "litellm_params": {"model": "hosted_vllm/Qwen/Qwen3-32B",
          "api_base": "http://admin:secret@vllm:8000/v1?key=secret"},
        "model_info": {"id": "id-1", "mode": "chat", "input_cost_per_token": 1e-6,
          "output_cost_per_token": 0, "max_input_tokens": 40960, "max_output_tokens": null,
          "litellm_provider": null}}]}
      """;

  private final ManualClock clock = new ManualClock(NOON);
  private final Readings readings = new Readings();
  private final ScriptedPeer proxy =
      new ScriptedPeer()
          .json("/health/readiness", READY)
          .page("/metrics/", PAGE)
          .json("/v1/model/info", MODELS)
          .json(USERS, "{\"results\": []}")
          .json(TEAMS, "{\"results\": []}");
  private LitellmCollector collector = of(LitellmOptions.NORMAL);

  private LitellmCollector of(LitellmOptions options) {
    return new LitellmCollector(proxy.at("http://gpu1:4000", clock), options);
  }

  private Told round() throws CollectorFailure, InterruptedException {
    readings.begin();
    collector.collect(readings);
    return Told.of(readings);
  }

  private long asked(String path) {
    return proxy.asked().stream().filter(("GET " + path)::equals).count();
  }

  @Test
  void the_page_is_told_as_it_is_and_what_the_admin_api_knows_beside() throws Exception {
    Told told = round();

    assertThat(readings.failures()).isEmpty();
    assertThat(told.of("litellm_spend_metric_total{api_key_alias=\"None\", model=\"a\"}"))
        .isEqualTo(0.5);
    assertThat(told.of("litellm_in_flight_requests")).isEqualTo(2);
    assertThat(told.of("oriel_litellm_info{version=\"1.95.0\"}")).isEqualTo(1);
    assertThat(told.of("oriel_litellm_ready")).isEqualTo(1);
    assertThat(told.of("oriel_litellm_database_connected")).isEqualTo(1);
    assertThat(proxy.asked()).doesNotContain("GET /health", "GET /health/backlog");
  }

  @Test
  void a_deployment_is_told_with_its_prices_and_without_what_is_secret_in_its_address()
      throws Exception {
    Told told = round();

    assertThat(
            told.of(
                "oriel_litellm_deployment_info{endpoint=\"http://vllm:8000/v1\", mode=\"chat\","
                    + " model=\"qwen3-32b\", model_id=\"id-1\", provider=\"hosted_vllm\","
                    + " upstream=\"hosted_vllm/Qwen/Qwen3-32B\"}"))
        .isEqualTo(1);
    String of = "{model=\"qwen3-32b\", model_id=\"id-1\"}";
    assertThat(told.of("oriel_litellm_deployment_input_dollars_per_token" + of)).isEqualTo(1e-6);
    assertThat(told.of("oriel_litellm_deployment_output_dollars_per_token" + of)).isZero();
    assertThat(told.of("oriel_litellm_deployment_max_input_tokens" + of)).isEqualTo(40_960);
    assertThat(told.of("oriel_litellm_deployment_max_output_tokens" + of)).isNaN();
    assertThat(told.values().keySet().toString()).doesNotContain("secret");
  }

  @Test
  void the_catalogue_hears_what_is_offered_and_where_it_is_asked_for() throws Exception {
    round();

    ModelSighting one = collector.models().getFirst();
    assertThat(one.role()).isEqualTo(ModelSighting.Role.GATEWAY);
    assertThat(one.first(ModelField.GATEWAY_NAME)).isEqualTo("qwen3-32b");
    assertThat(one.first(ModelField.UPSTREAM)).isEqualTo("Qwen/Qwen3-32B");
    assertThat(one.first(ModelField.UPSTREAM_ENDPOINT)).isEqualTo("http://vllm:8000/v1");
    assertThat(one.first(ModelField.TYPE)).isEqualTo("llm");
    assertThat(one.first(ModelField.CONTEXT)).isEqualTo("40960");
    assertThat(one.source()).isEqualTo("LiteLLM http://gpu1:4000 /v1/model/info");
  }

  @Test
  void spend_of_today_is_told_in_all_and_by_what_it_was_spent_on() throws Exception {
    proxy.json(USERS, day("2026-03-04", 3, "key-a", 2, "key-b", 1));

    Told told = round();

    assertThat(told.of("oriel_litellm_spend_dollars_total")).isEqualTo(3);
    assertThat(told.of("oriel_litellm_requests_total")).isEqualTo(30);
    assertThat(told.of("oriel_litellm_failed_requests_total")).isEqualTo(2);
    assertThat(told.of("oriel_litellm_response_seconds_total")).isEqualTo(1.5);
    assertThat(told.of("oriel_litellm_key_spend_dollars_total{key=\"key-a\"}")).isEqualTo(2);
    assertThat(told.of("oriel_litellm_model_spend_dollars_total{model=\"qwen3-32b\"}"))
        .isEqualTo(3);
  }

  /** Of a day's answer, with the spend of two keys. */
  private static String day(
      String date, double spend, String one, double ofOne, String two, double ofTwo) {
    String metrics =
        "{\"spend\": %s, \"api_requests\": 30, \"failed_requests\": 2,"
            + " \"total_response_time_ms\": 1500, \"timed_requests\": 3}";
    String key = "\"%s\": {\"metrics\": {\"spend\": %s}, \"metadata\": {\"key_alias\": \"%s\"}}";
    return ("{\"results\": [{\"date\": \"" + date + "\", \"metrics\": " + metrics.formatted(spend))
        + (", \"breakdown\": {\"model_groups\": {\"qwen3-32b\": {\"metrics\": "
            + metrics.formatted(spend)
            + "}}, \"api_keys\": {")
        + key.formatted("1".repeat(64), ofOne, one)
        + ", "
        + key.formatted("2".repeat(64), ofTwo, two)
        + "}}}]}";
  }

  @Test
  void the_largest_keys_are_named_and_the_rest_is_other_which_does_not_fall() throws Exception {
    collector = of(new LitellmOptions(false, 1));
    proxy.json(USERS, day("2026-03-04", 3, "key-a", 2, "key-b", 1));

    Told before = round();
    proxy.json(USERS, day("2026-03-04", 7, "key-a", 2, "key-b", 5));
    clock.advance(60_000);
    Told after = round();

    String key = "oriel_litellm_key_spend_dollars_total{key=\"%s\"}";
    assertThat(before.of(key.formatted("key-a"))).isEqualTo(2);
    assertThat(before.of(key.formatted("key-b"))).isNaN();
    assertThat(before.of(key.formatted("other"))).isEqualTo(1);
    assertThat(after.of(key.formatted("key-b"))).as("it has risen among them").isEqualTo(5);
    assertThat(after.of(key.formatted("key-a"))).as("and nobody goes").isEqualTo(2);
    assertThat(after.of(key.formatted("other"))).isEqualTo(1);
  }

  @Test
  void at_midnight_all_begins_anew_and_yesterday_is_not_told_as_today() throws Exception {
    proxy.json(USERS, day("2026-03-04", 3, "key-a", 2, "key-b", 1));
    round();
    String tomorrow = "/user/daily/activity/aggregated?start_date=2026-03-05&end_date=2026-03-05";
    proxy.json(tomorrow, "{\"results\": [], \"metadata\": {}}");
    clock.advance(12 * 3_600_000);

    Told told = round();

    assertThat(told.of("oriel_litellm_spend_dollars_total")).as("nobody asked yet").isZero();
    assertThat(told.values().keySet().toString()).doesNotContain("key-a");
  }

  @Test
  void an_older_version_gives_its_days_in_pages() throws Exception {
    String pages =
        "/user/daily/activity?start_date=2026-03-04&end_date=2026-03-04&page=%d&page_size=1000";
    String day = day("2026-03-04", 3, "key-a", 2, "key-b", 1);
    String more = day.substring(0, day.length() - 1) + ", \"metadata\": {\"total_pages\": 2}}";
    proxy.status(USERS, 404).json(pages.formatted(1), more).json(pages.formatted(2), more);

    Told told = round();
    clock.advance(60_000);
    round();

    assertThat(told.of("oriel_litellm_spend_dollars_total")).isEqualTo(6);
    assertThat(told.of("oriel_litellm_key_spend_dollars_total{key=\"key-b\"}")).isEqualTo(2);
    assertThat(asked(USERS)).as("what it does not know is not asked twice").isEqualTo(1);
    assertThat(readings.failures()).isEmpty();
  }

  @Test
  void what_costs_work_is_asked_seldom() throws Exception {
    for (int i = 0; i < 40; i++) {
      round();
      clock.advance(15_000);
    }

    assertThat(asked("/metrics/")).isEqualTo(40);
    assertThat(asked("/v1/model/info")).isEqualTo(2);
    assertThat(asked(USERS)).isEqualTo(10);
  }

  @Test
  void without_a_page_the_admin_api_tells_what_it_can() throws Exception {
    proxy
        .status("/metrics/", 404)
        .json("/health/backlog", "{\"in_flight_requests\": 4, \"queued_requests\": 1}");

    Told told = round();

    assertThat(readings.failures()).isEmpty();
    assertThat(told.of("litellm_in_flight_requests")).isEqualTo(4);
    assertThat(told.of("litellm_admission_queued_requests")).isEqualTo(1);
    assertThat(told.of("oriel_litellm_spend_dollars_total")).isZero();
  }

  @Test
  void a_page_that_wants_a_key_is_one_sentence_and_the_rest_goes_on() throws Exception {
    proxy.status("/metrics/", 401);

    Told told = round();

    assertThat(readings.failures()).containsOnlyKeys("metrics", "queue");
    assertThat(readings.failures().get("metrics"))
        .contains("401", "proxy_admin_viewer", "require_auth_for_metrics_endpoint");
    assertThat(told.of("oriel_litellm_ready")).isEqualTo(1);
  }

  @Test
  void an_open_page_is_told_though_the_admin_api_is_shut() throws Exception {
    proxy.status("/v1/model/info", 403);

    Told told = round();

    assertThat(readings.failures()).containsOnlyKeys("models");
    assertThat(readings.failures().get("models")).contains("403", "proxy_admin_viewer");
    assertThat(told.of("litellm_in_flight_requests")).isEqualTo(2);
    assertThat(asked(USERS)).as("who may not see models may not see spend").isZero();
  }

  @Test
  void a_key_that_opens_nothing_is_a_failure_with_the_remedy_and_seldom_tried() throws Exception {
    proxy.status("/metrics/", 401).status("/v1/model/info", 401);

    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(this::round)
          .isInstanceOfSatisfying(
              CollectorFailure.class,
              failure -> {
                assertThat(failure.happened())
                    .contains("gpu1:4000", "metrics (401)", "models (401)");
                assertThat(failure.remedy()).contains("proxy_admin_viewer", "bearer_token_file");
              });
      clock.advance(15_000);
    }

    assertThat(asked("/health/readiness")).as("it is not left in peace for that").isEqualTo(10);
    assertThat(asked("/metrics/")).isEqualTo(1);
    assertThat(asked("/v1/model/info")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 500})
  void without_a_database_only_the_master_key_helps(int status) {
    proxy
        .json("/health/readiness", "{\"status\": \"healthy\", \"db\": \"Not connected\"}")
        .status("/metrics/", 401)
        .status("/v1/model/info", status);

    assertThatThrownBy(this::round)
        .isInstanceOfSatisfying(
            CollectorFailure.class,
            failure -> assertThat(failure.remedy()).contains("master key alone"));
  }

  @Test
  void without_a_database_nobody_asks_for_spend() throws Exception {
    proxy
        .json("/health/readiness", "{\"status\": \"healthy\", \"db\": \"Not connected\"}")
        .json("/health/readiness/details", "{\"litellm_version\": \"1.106.2\"}");

    Told told = round();

    assertThat(readings.failures()).isEmpty();
    assertThat(proxy.asked()).noneMatch(each -> each.contains("activity"));
    assertThat(told.of("oriel_litellm_info{version=\"1.106.2\"}")).isEqualTo(1);
    assertThat(told.of("oriel_litellm_database_connected")).isNaN();
  }

  @Test
  void a_lost_database_is_told_and_spend_is_missing_not_zero() throws Exception {
    proxy.json("/health/readiness", READY.replace("connected", "disconnected"));

    Told told = round();

    assertThat(told.of("oriel_litellm_database_connected")).isZero();
    assertThat(told.of("oriel_litellm_spend_dollars_total")).isNaN();
    assertThat(readings.failures()).containsOnlyKeys("spend");
  }

  @Test
  void a_part_that_does_not_answer_takes_nothing_from_the_rest() throws Exception {
    proxy.status("/v1/model/info", 0).status(USERS, 0);

    Told told = round();

    assertThat(readings.failures()).containsOnlyKeys("models", "spend");
    assertThat(told.of("litellm_in_flight_requests")).isEqualTo(2);
    assertThat(asked(TEAMS)).isEqualTo(1);
  }

  @Test
  void a_page_that_is_none_is_a_failure_though_the_rest_is_told() {
    proxy.page("/metrics/", "<html>please log in</html>");

    assertThatThrownBy(this::round).hasMessageContaining("is no page of metrics");

    assertThat(Told.of(readings).of("oriel_litellm_spend_dollars_total")).isZero();
    assertThat(Told.of(readings).of("oriel_litellm_ready")).isEqualTo(1);
  }

  @Test
  void a_page_that_ends_amidst_a_line_tells_no_half_of_it() {
    proxy.page("/metrics/", PAGE + "litellm_spend_metric_total{model=");

    assertThatThrownBy(this::round).isInstanceOf(CollectorFailure.class);

    assertThat(Told.of(readings).of("litellm_in_flight_requests")).isNaN();
  }

  @Test
  void who_has_no_readiness_is_not_litellm() {
    proxy.status("/health/readiness", 404);

    assertThatThrownBy(this::round).hasMessageContaining("has no /health/readiness");
  }

  @Test
  void health_is_asked_only_where_it_was_switched_on_and_then_seldom() throws Exception {
    collector = of(new LitellmOptions(true, 20));
    proxy.json("/health", sample("json/litellm_health_excerpt.json"));

    Told told = round();
    clock.advance(60_000);
    round();

    assertThat(asked("/health")).isEqualTo(1);
    assertThat(
            told.of(
                "oriel_litellm_deployment_healthy{endpoint=\"https://openai-gpt-4-test-v-1.openai.azure.com/\","
                    + " upstream=\"azure/gpt-4o-new-test\"}"))
        .isZero();
    assertThat(told.values().keySet().toString()).doesNotContain("Traceback");
  }

  @Test
  void a_real_page_is_told_with_its_types() throws Exception {
    String page = sample("litellm_datadog_fixture_2025_head.txt");
    proxy.page("/metrics/", page);

    Told told = round();

    Stream<String> samples = page.lines().filter(line -> !line.startsWith("#") && !line.isBlank());
    assertThat(told.values()).hasSizeGreaterThanOrEqualTo((int) samples.count());
    assertThat(told.types()).containsKey("litellm_redis_latency_bucket");
  }

  @Test
  void a_system_that_is_gone_is_asked_everything_anew_when_it_is_back() throws Exception {
    round();
    proxy.die();
    assertThatThrownBy(this::round).isInstanceOf(CollectorFailure.class);
    assertThat(readings.size()).as("nothing is made up").isZero();
    proxy.live();

    round();

    assertThat(asked("/v1/model/info")).isEqualTo(2);
  }

  @Test
  void answers_of_another_shape_tell_nothing() throws Exception {
    proxy
        .json("/health/readiness", "[1]")
        .json("/v1/model/info", "{\"data\": {\"a\": 1}}")
        .json(USERS, "{\"results\": {\"a\": []}}")
        .json(TEAMS, "\"none\"");

    Told told = round();

    assertThat(told.values().keySet().toString())
        .doesNotContain("deployment_info", "spend_dollars");
  }

  @Test
  void a_key_is_called_by_its_alias_or_by_a_piece_of_its_hash() {
    String hash = "0123456789abcdef".repeat(4);

    assertThat(KeyName.of(hash, "chat")).isEqualTo("chat");
    assertThat(KeyName.of(hash, "")).isEqualTo("sha256:01234567");
    assertThat(KeyName.of("litellm_proxy_master_key", "")).isEqualTo("litellm_proxy_master_key");
    assertThat(KeyName.of("sk-a-key-as-it-was-sent", "")).matches("sha256:[0-9a-f]{8}");
  }

  private static String sample(String name) throws IOException {
    return Files.readString(SharedData.reference("metrics/samples/" + name));
  }
}
