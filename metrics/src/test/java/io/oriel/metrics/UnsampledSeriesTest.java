package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.backend.Receipt.Reason;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Series that were named and never got a sample: they take no memory when their writer goes. */
class UnsampledSeriesTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final int SERIES = 500;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(T0);
  private MetricStore store;

  @BeforeEach
  void open() {
    var config = MetricStoreConfig.in(folder).withFreeBytes(0);
    store = MetricStore.open(config.withLimits(Limits.NORMAL.with(Limit.SERIES, 1000)), clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Labels labels(int round, int i) {
    return Labels.of("__name__", "m", "job", "bad", "i", round + "-" + i);
  }

  /** A batch of which nothing is kept. */
  private Receipt pushFarAhead(int round) {
    try (MetricWriter writer = store.sink().writer()) {
      for (int i = 0; i < SERIES; i++) {
        writer.sample(writer.series(labels(round, i)), T0 + 86_400_000L * 365, 1);
      }
      return writer.commit();
    }
  }

  @Test
  void batches_that_are_refused_leave_no_series_behind() {
    for (int round = 0; round < 10; round++) {
      assertThat(pushFarAhead(round).refused(Reason.TOO_FAR_AHEAD)).isEqualTo(SERIES);
      assertThat(store.stats().series()).isZero();
    }
  }

  @Test
  void batches_that_are_dropped_leave_no_series_behind() {
    for (int round = 0; round < 3; round++) {
      try (MetricWriter writer = store.sink().writer()) {
        for (int i = 0; i < SERIES; i++) writer.series(labels(round, i));
      }
    }

    assertThat(store.stats().series()).isZero();
  }

  @Test
  void a_series_with_a_sample_stays_when_its_writer_goes() {
    try (MetricWriter writer = store.sink().writer();
        MetricWriter other = store.sink().writer()) {
      long series = writer.series(labels(0, 0));
      other.series(labels(0, 0));
      writer.sample(series, T0, 1);
      writer.commit();
      writer.series(labels(0, 1));
    }

    assertThat(store.stats().series()).isEqualTo(1);
  }

  @Test
  void a_series_that_is_released_before_its_batch_is_committed_stays() {
    try (MetricWriter writer = store.sink().writer()) {
      long kept = writer.series(labels(0, 0));
      writer.sample(kept, T0, 1);
      writer.release(kept);
      long refused = writer.series(labels(0, 1));
      writer.sample(refused, T0 + 86_400_000L * 365, 1);
      writer.release(refused);

      assertThat(writer.commit().kept()).isEqualTo(1);
      assertThat(store.stats().series()).isEqualTo(1);
    }

    assertThat(Samples.all(store.source())).containsOnlyKeys(labels(0, 0));
  }

  @Test
  void a_series_that_another_writer_holds_stays() {
    try (MetricWriter holder = store.sink().writer()) {
      long held = holder.series(labels(0, 0));
      pushFarAhead(0);
      assertThat(store.stats().series()).isEqualTo(1);

      holder.sample(held, T0, 1);
      assertThat(holder.commit().kept()).isEqualTo(1);
    }

    assertThat(Samples.all(store.source())).containsOnlyKeys(labels(0, 0));
  }

  @Test
  void room_is_used_again_and_answers_name_only_what_is_there() throws Exception {
    for (int round = 0; round < 200; round++) { // 100,000 series, 1000 allowed
      pushFarAhead(round);
      if (round % 40 == 39) {
        clock.awaitSleepers(1); // housekeeping
        clock.advance(5_000);
        clock.awaitSleepers(1);
      }
    }

    try (MetricWriter writer = store.sink().writer()) {
      for (int i = 0; i < SERIES; i++) writer.sample(writer.series(labels(-1, i)), T0, i);
      writer.commit();
    }

    assertThat(store.stats().series()).isEqualTo(SERIES);
    assertThat(store.source().labelValues("i", List.of(), TimeRange.ALWAYS, 0))
        .hasSize(SERIES)
        .allMatch(value -> value.startsWith("-1-"));
    List<Matcher> seventh = List.of(Matcher.equal("i", "-1-7"));
    assertThat(store.source().series(List.of(seventh), TimeRange.ALWAYS, 0))
        .containsExactly(labels(-1, 7));
  }

  @Test
  void what_goes_and_comes_is_whole_after_a_checkpoint_and_a_restart() throws IOException {
    try (MetricWriter writer = store.sink().writer()) {
      writer.sample(writer.series(labels(0, 0)), T0, 1);
      writer.commit();
      writer.series(labels(0, 1)); // not named in the log
      pushFarAhead(1);
      store.checkpoint();
      writer.sample(writer.series(labels(0, 1)), T0, 2);
      writer.commit();
    }
    store.close();

    open();

    assertThat(Samples.all(store.source())).containsOnlyKeys(labels(0, 0), labels(0, 1));
  }

  @Test
  void series_that_are_held_still_count_towards_the_limit() {
    try (MetricWriter writer = store.sink().writer()) {
      for (int i = 0; i < 1000; i++) writer.series(labels(0, i));

      assertThatThrownBy(() -> writer.series(labels(1, 0)))
          .isInstanceOf(Refusal.LimitReached.class)
          .hasMessageContaining("limits.series");
    }
  }
}
