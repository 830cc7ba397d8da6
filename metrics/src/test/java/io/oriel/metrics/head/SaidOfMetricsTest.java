package io.oriel.metrics.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.MetricMetadata;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import org.junit.jupiter.api.Test;

class SaidOfMetricsTest {
  private static final int MOST = 4096;
  private final SaidOfMetrics said =
      new SaidOfMetrics(Limits.NORMAL.with(Limit.SERIES_LABEL_BYTES, 4 * MOST));

  private static MetricMetadata help(int length) {
    return new MetricMetadata(MetricMetadata.Type.GAUGE, "h".repeat(length), "");
  }

  @Test
  void names_without_series_fill_no_more_than_their_share() {
    for (int i = 0; i < 1000; i++) said.remember("metric_" + i, help(10));

    assertThat(said.all()).hasSizeBetween(10, MOST / 100).containsKey("metric_0");
    assertThat(said.wants("one_more", help(1000), 0)).isFalse();
  }

  @Test
  void what_waits_in_a_batch_counts_too() {
    assertThat(said.wants("a", help(100), 0)).isTrue();
    assertThat(said.wants("a", help(100), MOST)).isFalse();
  }

  @Test
  void other_words_take_the_place_of_those_before() {
    for (int i = 0; i < 100; i++) said.remember("a", help(500 + i % 2));

    assertThat(said.all()).containsOnlyKeys("a");
    assertThat(said.wants("a", help(501), 0)).isFalse(); // it is there
    assertThat(said.wants("b", help(500), 0)).isTrue(); // the room is not lost
  }

  @Test
  void a_text_longer_than_a_label_may_be_is_not_remembered() {
    var roomy = new SaidOfMetrics(Limits.NORMAL);

    roomy.remember("a", help(20_000));
    roomy.remember("n".repeat(20_000), help(1));

    assertThat(roomy.all()).isEmpty();
  }
}
