package io.oriel.collect.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.collect.peer.ScriptedPeer;
import io.oriel.model.testing.ManualClock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QdrantCollectorTest {
  private static final String PAGE =
      """
      # TYPE app_info gauge
      app_info{name="qdrant",version="1.19.0"} 1
      # TYPE collections_total gauge
      collections_total 2
      # TYPE collection_points gauge
      collection_points{id="handbook"} 412
      """;
  private static final String HANDBOOK =
      """
      {"result": {"status": "yellow", "optimizer_status": {"error": "no space"},
        "indexed_vectors_count": 400, "points_count": 412, "segments_count": 8,
        "config": {"params": {"vectors": {"size": 1024, "distance": "Cosine"},
          "shard_number": 2, "replication_factor": 1}}}, "status": "ok", "time": 1e-6}
      """;
  private static final String CODE =
      """
      {"result": {"status": "green", "optimizer_status": "ok", "points_count": null,
        "segments_count": 3, "config": {"params": {"vectors": {
          "body": {"size": 768, "distance": "Dot"}, "title": {"size": 64, "distance": "Dot"}}}}}}
      """;

  private final ManualClock clock = new ManualClock(1_000_000);
  private final Readings readings = new Readings();
  private final ScriptedPeer qdrant =
      new ScriptedPeer()
          .page("/metrics", PAGE)
          .json(
              "/collections",
              "{\"result\": {\"collections\": [{\"name\": \"handbook\"}, {\"name\": \"co de\"}]}}")
          .json("/collections/handbook", HANDBOOK)
          .json("/collections/co%20de", CODE)
          .json(
              "/telemetry?details_level=1",
              "{\"result\": {\"app\": {\"startup\": \"2026-03-04T10:00:00.5Z\"}}}");
  private final QdrantCollector collector =
      new QdrantCollector(qdrant.at("http://qdrant:6333", clock));

  private Told round() throws CollectorFailure, InterruptedException {
    readings.begin();
    collector.collect(readings);
    return Told.of(readings);
  }

  @Test
  void the_page_is_told_as_it_is_and_collections_beside() throws Exception {
    Told told = round();

    assertThat(readings.failures()).isEmpty();
    assertThat(told.of("collection_points{id=\"handbook\"}")).isEqualTo(412);
    assertThat(told.of("oriel_qdrant_collection_segments{collection=\"handbook\"}")).isEqualTo(8);
    assertThat(
            told.of("oriel_qdrant_collection_status{collection=\"handbook\", status=\"yellow\"}"))
        .isEqualTo(1);
    assertThat(told.of("oriel_qdrant_collection_optimizer_ok{collection=\"handbook\"}")).isZero();
    assertThat(
            told.of(
                "oriel_qdrant_collection_vector_dimensions{collection=\"co de\","
                    + " distance=\"Dot\", vector=\"title\"}"))
        .isEqualTo(64);
    assertThat(told.of("oriel_qdrant_start_timestamp_seconds")).isEqualTo(1_772_618_400.5);
    assertThat(told.of("oriel_qdrant_up")).isEqualTo(1);
  }

  @Test
  void points_are_told_once_and_by_whoever_has_them() throws Exception {
    String series = "oriel_qdrant_collection_points{collection=\"handbook\"}";
    assertThat(round().of(series)).isNaN();
    qdrant.page("/metrics", PAGE.replaceAll("(?m)^.*collection_points.*\n", ""));

    Told told = round();

    assertThat(told.of(series)).isEqualTo(412);
    assertThat(told.of("oriel_qdrant_collection_points{collection=\"co de\"}"))
        .as("null is not zero")
        .isNaN();
  }

  @Test
  void collections_are_asked_once_a_minute_and_told_on() throws Exception {
    for (int i = 0; i < 8; i++) {
      assertThat(round().of("oriel_qdrant_collection_segments{collection=\"handbook\"}"))
          .isEqualTo(8);
      clock.advance(15_000);
    }

    assertThat(qdrant.asked().stream().filter("GET /collections"::equals)).hasSize(2);
  }

  @Test
  void a_prefix_of_the_operators_is_as_good() throws Exception {
    qdrant.page("/metrics", PAGE.replaceAll("(?m)^(# TYPE )?([a-z])", "$1acme_$2"));

    round();

    assertThat(readings.failures()).isEmpty();
  }

  @Test
  void a_page_of_something_else_is_said() throws Exception {
    qdrant.page("/metrics", "go_goroutines 4\n");

    round();

    assertThat(readings.failures().get("metrics")).contains("none of Qdrant's metrics", "6333");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void a_wrong_key_is_told_with_the_remedy(int status) {
    qdrant.status("/metrics", status);
    readings.begin();

    assertThatThrownBy(() -> collector.collect(readings))
        .isInstanceOfSatisfying(
            CollectorFailure.class,
            failure -> assertThat(failure.remedy()).contains("api-key", "collectors.systems"));
    assertThat(Told.of(readings).of("oriel_qdrant_up")).isEqualTo(1);
  }

  @Test
  void a_key_for_metrics_only_leaves_the_page_and_says_what_is_lacking() throws Exception {
    qdrant.status("/collections", 403);

    assertThat(round().of("collections_total")).isEqualTo(2);
    assertThat(readings.failures().get("collections")).contains("403", "api-key");
  }

  @Test
  void a_collection_that_has_just_gone_is_left_out() throws Exception {
    qdrant.status("/collections/handbook", 404);

    Told told = round();

    assertThat(readings.failures()).isEmpty();
    assertThat(told.of("oriel_qdrant_collection_segments{collection=\"co de\"}")).isEqualTo(3);
  }

  @Test
  void more_collections_than_are_asked_for_are_said_to_be_missing() throws Exception {
    String names =
        IntStream.range(0, 250)
            .mapToObj(i -> "{\"name\": \"c" + i + "\"}")
            .collect(Collectors.joining(","));
    qdrant.json("/collections", "{\"result\": {\"collections\": [" + names + "]}}");

    round();

    assertThat(qdrant.asked().stream().filter(each -> each.startsWith("GET /collections/")))
        .hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"result\": {\"collections\": 7}}",
        "[]",
        "{\"result\": {\"collections\": [{\"name\": {\"a\": 1}}, 5]}}"
      })
  void answers_of_another_shape_tell_nothing_of_collections(String answer) throws Exception {
    qdrant.json("/collections", answer).json("/telemetry?details_level=1", "\"hidden\"");

    assertThat(round().values()).hasSize(4);
  }

  @Test
  void half_an_answer_about_collections_leaves_the_page() throws Exception {
    qdrant.json("/collections", "{\"result\": {\"collections\": [{\"na");

    assertThat(round().of("collections_total")).isEqualTo(2);
    assertThat(readings.failures().get("collections")).contains("is not JSON");
  }

  @Test
  void who_is_gone_is_down_and_nothing_else_is_told() throws Exception {
    round();
    qdrant.die();
    readings.begin();

    assertThatThrownBy(() -> collector.collect(readings)).isInstanceOf(CollectorFailure.class);

    assertThat(Told.of(readings).values()).hasSize(1);
    assertThat(Told.of(readings).of("oriel_qdrant_up")).isZero();
  }
}
