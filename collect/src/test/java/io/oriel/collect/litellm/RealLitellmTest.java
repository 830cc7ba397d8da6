package io.oriel.collect.litellm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.collect.peer.Address;
import io.oriel.collect.peer.Peer;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.wire.http.Credentials;
import io.oriel.wire.http.HttpSettings;
import io.oriel.wire.http.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The collector reads a real proxy. What it answered otherwise than older versions is held here:
 * the public readiness says no more than status and database, {@code /metrics/} wants a key, and
 * without a database a wrong key is a 400 and none a 500.
 */
@TestMethodOrder(
    MethodOrderer.OrderAnnotation.class) // one process: the first looks at it untouched
class RealLitellmTest {
  private static final String CHAT =
      "{\"model\": \"%s\", \"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]}";
  private static RealLitellm real;
  private final Readings readings = new Readings();

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    real = RealLitellm.start(folder);
  }

  @AfterAll
  static void stop() {
    if (real != null) real.close();
  }

  private static LitellmCollector with(Credentials credentials) {
    HttpSettings normal = HttpSettings.NORMAL;
    var http = new HttpSettings(credentials, normal.tls(), normal.headers(), true, true);
    var address = new Address(URI.create(real.base()), http, "a test");
    Peer peer = Peer.at(address, 30_000, Clock.system());
    return new LitellmCollector(peer, LitellmOptions.NORMAL);
  }

  private static Credentials token(String key) {
    return new Credentials.Token("Bearer", new Secret(key, null));
  }

  private Told round(LitellmCollector collector) throws Exception {
    readings.begin();
    collector.collect(readings);
    return Told.of(readings);
  }

  @Test
  @Order(1)
  void before_the_first_request_it_is_up_and_its_models_are_known() throws Exception {
    try (LitellmCollector collector = with(token(RealLitellm.MASTER_KEY))) {
      Told told = round(collector);

      assertThat(readings.failures()).isEmpty();
      assertThat(told.of("oriel_litellm_info{version=\"" + real.version() + "\"}")).isEqualTo(1);
      assertThat(told.of("oriel_litellm_ready")).isEqualTo(1);
      assertThat(told.of("oriel_litellm_database_connected")).as("it has none").isNaN();
      assertThat(told.of("litellm_in_flight_requests")).as("our own question").isEqualTo(1);
      assertThat(collector.deployments())
          .extracting(Deployment::model, Deployment::mode, Deployment::provider)
          .contains(
              org.assertj.core.groups.Tuple.tuple("small-chat", "chat", "openai"),
              org.assertj.core.groups.Tuple.tuple("small-embedding", "embedding", "hosted_vllm"));
      Deployment chat = collector.deployments().getFirst();
      assertThat(chat.inputDollars()).hasValue(1e-6);
      assertThat(chat.maxInputTokens()).hasValue(8192);
      assertThat(chat.endpoint()).isEqualTo("http://127.0.0.1:9/v1");
    }
  }

  @Test
  @Order(2)
  void requests_tokens_latency_errors_and_spend_are_told_under_its_own_names() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(real.call("/v1/chat/completions", CHAT.formatted("small-chat"))).isEqualTo(200);
    }
    assertThat(real.call("/v1/chat/completions", CHAT.formatted("refusing-chat"))).isEqualTo(429);
    assertThat(real.call("/v1/embeddings", "{\"model\": \"small-embedding\", \"input\": \"a\"}"))
        .isEqualTo(200);
    try (LitellmCollector collector = with(token(RealLitellm.MASTER_KEY))) {
      Told told = untilCounted(collector);

      assertThat(sum(told, "litellm_spend_metric_total", "requested_model", "small-chat"))
          .isPositive();
      assertThat(sum(told, "litellm_input_tokens_metric_total", "requested_model", "small-chat"))
          .isEqualTo(30);
      assertThat(
              sum(
                  told,
                  "litellm_proxy_total_requests_metric_total",
                  "requested_model",
                  "small-chat"))
          .isEqualTo(3);
      assertThat(sum(told, "litellm_proxy_failed_requests_metric_total", "exception_status", "429"))
          .isEqualTo(1);
      assertThat(sum(told, "litellm_request_total_latency_metric_count", "model_id", ""))
          .isEqualTo(4);
      assertThat(missingThoughAnswered()).isEmpty();
      assertThat(routesOfFailures(told)).as("none is ours").containsOnly("/v1/chat/completions");
    }
  }

  /** Its counters follow its answers by some moments. */
  private Told untilCounted(LitellmCollector collector) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      Told told = round(collector);
      double counted = sum(told, "litellm_deployment_success_responses_total", "model_id", "");
      boolean isOver = counted >= 4 && !routesOfFailures(told).isEmpty();
      if (isOver || System.nanoTime() > end) return told;
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static double sum(Told told, String name, String label, String value) {
    double sum = 0;
    for (var each : told.values().entrySet()) {
      Labels labels = each.getKey();
      boolean fits = value.isEmpty() || labels.valueOf(label).equals(value);
      if (labels.metricName().equals(name) && fits) sum += each.getValue();
    }
    return sum;
  }

  private static Set<String> routesOfFailures(Told told) {
    var routes = new TreeSet<String>();
    for (Labels each : told.values().keySet()) {
      if (each.metricName().equals("litellm_proxy_failed_requests_metric_total")) {
        routes.add(each.valueOf("route"));
      }
    }
    return routes;
  }

  private List<String> missingThoughAnswered() {
    return Expected.NAMES.stream()
        .map(each -> each.name())
        .filter(name -> Told.of(readings).types().get(name) == null)
        .toList();
  }

  @Test
  @Order(3)
  void a_wrong_key_and_none_are_one_sentence_with_the_remedy() throws Exception {
    for (Credentials each : List.of(token("sk-of-somebody-else"), new Credentials.None())) {
      try (LitellmCollector collector = with(each)) {
        assertThatThrownBy(() -> round(collector))
            .isInstanceOfSatisfying(
                CollectorFailure.class,
                failure -> {
                  assertThat(failure.happened()).contains("neither its metrics (401)");
                  assertThat(failure.remedy()).contains("master key", "bearer_token_file");
                });
      }
    }
  }
}
