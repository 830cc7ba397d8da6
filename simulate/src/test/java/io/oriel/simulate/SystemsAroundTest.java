package io.oriel.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.collect.Collector;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.collect.langfuse.LangfuseCollector;
import io.oriel.collect.n8n.N8nCollector;
import io.oriel.collect.peer.Address;
import io.oriel.collect.peer.Peer;
import io.oriel.collect.qdrant.QdrantCollector;
import io.oriel.model.Labels;
import io.oriel.model.testing.ManualClock;
import io.oriel.wire.http.Credentials;
import io.oriel.wire.http.HttpSettings;
import io.oriel.wire.http.Secret;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The collectors of what stands around the models read the simulated fleet. */
class SystemsAroundTest {
  private static final long START = Instant.parse("2026-03-04T11:00:00Z").toEpochMilli();

  private final ManualClock clock = new ManualClock(START);
  private final Readings readings = new Readings();
  @TempDir Path folder;
  private Simulation simulation;

  @BeforeEach
  void start() throws Exception {
    simulation = Simulation.start(SimulationSettings.normal(folder.resolve("s")), clock);
    clock.advance(2 * 3_600_000);
  }

  @AfterEach
  void close() {
    simulation.close();
  }

  private Peer peer(String kind, boolean withRightKey) {
    Endpoint endpoint =
        simulation.endpoints().stream()
            .filter(e -> e.kind().equals(kind))
            .findFirst()
            .orElseThrow();
    String secret = withRightKey ? endpoint.secret() : "sk-lf-of-another-project";
    Credentials credentials =
        endpoint.user().isEmpty()
            ? new Credentials.None()
            : new Credentials.Basic(new Secret(endpoint.user(), null), new Secret(secret, null));
    HttpSettings normal = HttpSettings.NORMAL;
    var http = new HttpSettings(credentials, normal.tls(), Map.of(), true, true);
    return Peer.at(new Address(endpoint.uri(), http, "test"), 20_000, clock);
  }

  private Map<Labels, Double> round(Collector collector) throws Exception {
    readings.begin();
    collector.collect(readings);
    var told = new TreeMap<Labels, Double>();
    readings.forEach(
        (metric, labels, value) -> told.put(labels.with(Labels.NAME, metric.name()), value));
    assertThat(readings.failures()).isEmpty();
    return told;
  }

  private static double sum(Map<Labels, Double> told, String metric) {
    return told.entrySet().stream()
        .filter(each -> each.getKey().metricName().equals(metric))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  @Test
  void langfuse_is_told_and_its_parts_agree() throws Exception {
    try (var collector = new LangfuseCollector(peer("langfuse", true))) {
      Map<Labels, Double> first = round(collector);
      clock.advance(600_000);
      Map<Labels, Double> later = round(collector);

      assertThat(later)
          .containsKey(
              Labels.of(
                  "__name__", "oriel_langfuse_info", "project", "fleet", "version", "4.16.0"));
      for (String metric :
          new String[] {
            "oriel_langfuse_observations_total",
            "oriel_langfuse_traces_total",
            "oriel_langfuse_tokens_total",
            "oriel_langfuse_cost_usd_total",
            "oriel_langfuse_user_cost_usd_total"
          }) {
        assertThat(sum(first, metric)).as(metric).isPositive();
        assertThat(sum(later, metric)).as(metric).isGreaterThan(sum(first, metric));
      }
      assertThat(sum(later, "oriel_langfuse_user_cost_usd_total"))
          .as("each cost is a model's and a user's")
          .isCloseTo(sum(later, "oriel_langfuse_cost_usd_total"), Percentage.withPercentage(0.01));
      assertThat(sum(later, "oriel_langfuse_hour_scores")).isPositive();
      assertThat(sum(later, "oriel_langfuse_hour_latency_seconds")).isPositive();
      assertThat(sum(later, "oriel_langfuse_hour_trace_latency_seconds")).isPositive();
      assertThat(sum(later, "oriel_langfuse_newest_trace_timestamp_seconds"))
          .isBetween(clock.millis() / 1000.0 - 900, clock.millis() / 1000.0);
      assertThat(later.size()).isLessThan(400);
    }
  }

  @Test
  void a_wrong_key_of_langfuse_says_what_to_write_where() {
    try (var collector = new LangfuseCollector(peer("langfuse", false))) {
      readings.begin();
      assertThatThrownBy(() -> collector.collect(readings))
          .isInstanceOfSatisfying(
              CollectorFailure.class,
              failure -> {
                assertThat(failure.happened()).contains("401");
                assertThat(failure.remedy()).contains("pk-lf-", "basic_auth", "collectors.systems");
              });
    }
  }

  @Test
  void qdrant_is_told_as_its_page_has_it_and_its_collections_beside() throws Exception {
    try (var collector = new QdrantCollector(peer("qdrant", true))) {
      Map<Labels, Double> told = round(collector);

      assertThat(sum(told, "collections_total")).isEqualTo(3);
      assertThat(sum(told, "oriel_qdrant_collection_segments")).isEqualTo(24);
      assertThat(sum(told, "oriel_qdrant_collection_points")).as("the page has them").isZero();
      assertThat(told)
          .containsEntry(
              Labels.of(
                  "__name__",
                  "oriel_qdrant_collection_status",
                  "collection",
                  "handbook",
                  "status",
                  "green"),
              1.0);
    }
  }

  @Test
  void n8n_is_told_as_its_page_has_it() throws Exception {
    try (var collector = new N8nCollector(peer("n8n", true))) {
      Map<Labels, Double> told = round(collector);

      assertThat(sum(told, "oriel_n8n_ready")).isEqualTo(1);
      assertThat(sum(told, "n8n_workflow_started_total")).isPositive();
    }
  }
}
