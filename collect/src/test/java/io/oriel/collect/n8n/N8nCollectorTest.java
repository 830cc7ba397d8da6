package io.oriel.collect.n8n;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.collect.peer.ScriptedPeer;
import io.oriel.model.testing.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class N8nCollectorTest {
  private static final String PAGE =
      """
      # TYPE n8n_version_info gauge
      n8n_version_info{version="v2.28.1",major="2",minor="28",patch="1"} 1
      # TYPE n8n_active_workflow_count gauge
      n8n_active_workflow_count 3
      # TYPE n8n_scaling_mode_queue_jobs_completed counter
      n8n_scaling_mode_queue_jobs_completed 12
      """;

  private final Readings readings = new Readings();
  private final ScriptedPeer n8n =
      new ScriptedPeer()
          .json("/healthz", "{\"status\": \"ok\"}")
          .json("/healthz/readiness", "{\"status\": \"ok\"}")
          .page("/metrics", PAGE);
  private final N8nCollector collector =
      new N8nCollector(n8n.at("http://n8n:5678", new ManualClock(0)));

  private Told round() throws CollectorFailure, InterruptedException {
    readings.begin();
    collector.collect(readings);
    return Told.of(readings);
  }

  @Test
  void the_page_is_told_as_it_is_with_health_beside() throws Exception {
    Told told = round();

    assertThat(readings.failures()).as("no execution yet is not broken").isEmpty();
    assertThat(told.of("n8n_scaling_mode_queue_jobs_completed")).isEqualTo(12);
    assertThat(told.of("oriel_n8n_ready")).isEqualTo(1);
    assertThat(told.of("oriel_n8n_up")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme_", ""})
  void another_prefix_is_as_good(String prefix) throws Exception {
    n8n.page("/metrics", PAGE.replace("n8n_", prefix));

    assertThat(round().of(prefix + "active_workflow_count")).isEqualTo(3);
    assertThat(readings.failures()).isEmpty();
  }

  @Test
  void without_metrics_it_is_up_and_the_switch_is_named() throws Exception {
    n8n.status("/metrics", 404);

    assertThat(round().of("oriel_n8n_up")).isEqualTo(1);
    assertThat(readings.failures().get("metrics"))
        .contains("http://n8n:5678 has no page of metrics", "N8N_METRICS=true");
  }

  @Test
  void its_editor_in_place_of_metrics_means_the_same() throws Exception {
    n8n.html("/metrics", "<!DOCTYPE html><html><head><title>n8n.io</title>");

    assertThat(round().of("oriel_n8n_up")).isEqualTo(1);
    assertThat(readings.failures().get("metrics")).contains("N8N_METRICS=true");
  }

  @Test
  void a_database_that_is_away_leaves_it_up_and_not_ready() throws Exception {
    n8n.status("/healthz/readiness", 503);

    Told told = round();

    assertThat(told.of("oriel_n8n_ready")).isZero();
    assertThat(told.of("n8n_active_workflow_count")).isEqualTo(3);
  }

  @Test
  void an_older_one_that_knows_no_readiness_is_not_taken_for_unready() throws Exception {
    n8n.status("/healthz/readiness", 404);

    assertThat(round().of("oriel_n8n_ready")).isNaN();
    assertThat(readings.failures()).isEmpty();
  }

  @Test
  void a_page_of_something_else_is_said() throws Exception {
    n8n.page("/metrics", "go_goroutines 4\nn8n_nodejs_version_info 1\n");

    round();

    assertThat(readings.failures().get("metrics")).contains("none of n8n's metrics");
  }

  @Test
  void who_is_gone_is_down_and_nothing_else_is_told() throws Exception {
    round();
    n8n.die();
    readings.begin();

    assertThatThrownBy(() -> collector.collect(readings)).isInstanceOf(CollectorFailure.class);

    assertThat(Told.of(readings).values()).hasSize(1);
    assertThat(Told.of(readings).of("oriel_n8n_up")).isZero();
  }

  @Test
  void a_page_that_breaks_off_tells_nothing_of_itself() {
    n8n.page("/metrics", PAGE + "n8n_x{a=\"1");
    readings.begin();

    assertThatThrownBy(() -> collector.collect(readings)).hasMessageContaining("line 7");

    assertThat(Told.of(readings).of("n8n_active_workflow_count")).isNaN();
  }
}
