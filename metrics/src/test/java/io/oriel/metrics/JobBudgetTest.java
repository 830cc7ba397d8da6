package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.oriel.model.Labels;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job may have so many series; what grew is named. */
class JobBudgetTest {
  private static final long T0 = 1_700_000_000_000L;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(T0);
  private Limits limits = Limits.NORMAL.with(Limit.JOB_SERIES, 100);
  private MetricStore store;
  private MetricWriter writer;

  @BeforeEach
  void open() {
    store =
        MetricStore.open(MetricStoreConfig.in(folder).withFreeBytes(0).withLimits(limits), clock);
    writer = store.sink().writer();
  }

  @AfterEach
  void close() {
    writer.close();
    store.close();
  }

  private void append(String job, int i) {
    var labels = Labels.of("__name__", "m", "job", job, "code", "" + i % 3, "request_id", "r" + i);
    writer.sample(writer.series(labels), clock.millis(), i);
  }

  private MetricStoreStats.Job job(String name) {
    return store.jobs(100).stream().filter(job -> job.job().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void a_job_at_its_budget_gets_no_new_series_while_its_old_and_other_jobs_go_on() {
    for (int i = 0; i < 100; i++) append("api", i);
    writer.commit();

    assertThatThrownBy(() -> append("api", 100))
        .isInstanceOf(Refusal.LimitReached.class)
        .hasMessageContaining("job \"api\"")
        .hasMessageContaining("its label \"request_id\" grew by 100 values")
        .hasMessageContaining("raise limits.job_series");
    clock.advance(15_000);
    append("api", 7);
    append("web", 100);

    assertThat(writer.commit().kept()).isEqualTo(2);
    assertThat(store.stats().seriesRefused()).containsExactly(entry("job_series", 1L));
    assertThat(job("api"))
        .isEqualTo(new MetricStoreStats.Job("api", 100, 1, 100, "request_id", 100));
  }

  @Test
  void the_count_of_a_job_is_the_same_after_a_restart_and_refuses_nothing_that_was_there()
      throws IOException {
    for (int i = 0; i < 100; i++) append("api", i);
    writer.commit();
    store.checkpoint();
    close();
    limits = limits.with(Limit.JOB_SERIES, 50);

    open();

    assertThat(job("api")).isEqualTo(new MetricStoreStats.Job("api", 100, 0, 0, "request_id", 100));
    assertThat(store.churn().created()).isZero();
    assertThat(Samples.all(store.source())).hasSize(100);
    assertThatThrownBy(() -> append("api", 100)).isInstanceOf(Refusal.LimitReached.class);
  }

  @Test
  void series_that_go_make_room() {
    for (int i = 0; i < 100; i++) append("api", i);

    writer.close(); // without a commit
    writer = store.sink().writer();

    assertThat(store.jobs(10)).isEmpty();
    for (int i = 100; i < 200; i++) append("api", i);
    assertThat(writer.commit().kept()).isEqualTo(100);
    assertThat(store.churn().created()).isEqualTo(200);
    assertThat(store.churn().removed()).isEqualTo(100);
  }

  @Test
  void what_came_over_an_hour_ago_is_no_churn_any_more() throws InterruptedException {
    append("api", 0);
    writer.commit();
    for (int minute = 0; minute < 65; minute++) {
      clock.awaitSleepers(1);
      clock.advance(60_000);
    }
    clock.awaitSleepers(1);

    assertThat(store.churn().created()).isZero();
    assertThat(job("api").created()).isZero();
    assertThat(job("api").series()).isEqualTo(1);
  }

  @Test
  void series_without_a_job_have_one_budget() {
    for (int i = 0; i < 100; i++) writer.series(Labels.of("__name__", "m", "i", "" + i));

    assertThatThrownBy(() -> writer.series(Labels.of("__name__", "m", "i", "100")))
        .hasMessageContaining("job \"\"");
  }

  @Test
  void each_refused_series_is_counted_by_its_reason() {
    assertThatThrownBy(() -> writer.series(Labels.of("job", "x")));
    assertThatThrownBy(() -> writer.series(Labels.of("__name__", "m", "v", "x".repeat(20_000))));

    assertThat(store.stats().seriesRefused())
        .containsOnly(entry("no_metric_name", 1L), entry("label_value_bytes", 1L));
  }

  @Test
  void long_labels_are_bounded_by_their_bytes() {
    close();
    limits = limits.with(Limit.SERIES_LABEL_BYTES, 100_000);
    open();

    int taken = 0;
    try {
      for (; taken < 100; taken++) {
        writer.series(Labels.of("__name__", "m", "v", "x".repeat(16_000) + taken));
      }
    } catch (Refusal.LimitReached e) {
      assertThat(e).hasMessageContaining("limits.series_label_bytes");
    }

    assertThat(taken).isEqualTo(7);
    assertThat(store.stats().seriesRefused()).containsKey("series_label_bytes");
  }
}
