package io.oriel.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryAnswer.Result;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.histogram.HistogramText;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.Promql;
import io.oriel.promql.memory.MemorySource;
import io.oriel.promql.script.Script;
import io.oriel.promql.script.ScriptRunner;
import org.junit.jupiter.api.Test;

/** What the test files do not ask of native histograms. */
class HistogramsTest {
  private final MemorySource source = new MemorySource();

  private void add(String name, String instance, long timeMs, String histogram) {
    var labels = Labels.of(Labels.NAME, name, "i", instance);
    source.add(labels, timeMs, HistogramText.parse(histogram));
  }

  private QueryAnswer ask(String query) {
    return ask(query, Limits.NORMAL);
  }

  private QueryAnswer ask(String query, Limits limits) {
    try (var engine = Promql.engine(source, limits, Clock.system(), Options.ALL)) {
      return engine.instant(query, 60_000, QueryOptions.DEFAULT);
    }
  }

  @Test
  void count_values_writes_a_histogram_by_its_buckets() {
    add(
        "h",
        "1",
        0,
        "{{count:7 sum:5 z_bucket:1 z_bucket_w:0.5 buckets:[2 3] offset:1 n_buckets:[1]}}");

    var points = ((Result.Vector) ask("count_values(\"v\", h)").result()).points();

    assertThat(points.getFirst().labels().valueOf("v"))
        .isEqualTo("{count:7, sum:5, [-1,-0.5):1, [-0.5,0.5]:1, (1,2]:2, (2,4]:3}");
  }

  @Test
  void a_histogram_counts_by_its_size_against_the_limit_of_samples() {
    for (int i = 0; i < 20; i++) add("h", "" + i, 0, "{{count:6 buckets:[1 1 1 1 1 1]}}");
    for (int i = 0; i < 20; i++) source.add(Labels.of(Labels.NAME, "f", "i", "" + i), 0, i);
    Limits limits = Limits.NORMAL.with(Limit.QUERY_SAMPLES, 100);

    assertThat(ask("f", limits).warnings()).isEmpty();
    assertThatThrownBy(() -> ask("h", limits))
        .isInstanceOf(Refusal.LimitReached.class)
        .hasMessageContaining("too many samples");
  }

  @Test
  void sums_of_many_series_hold_one_histogram_a_group() {
    for (int i = 0; i < 500; i++) add("h", "" + i, 0, "{{count:6 buckets:[1 1 1 1 1 1]}}");
    Limits limits = Limits.NORMAL.with(Limit.QUERY_SAMPLES, 1000);

    var points = ((Result.Vector) ask("sum(h)", limits).result()).points();

    assertThat(points.getFirst().histogram())
        .isEqualTo(HistogramText.parse("{{count:3000 buckets:[500 500 500 500 500 500]}}"));
  }

  @Test
  void a_float_and_a_histogram_at_the_same_step_meet_in_either_order() {
    source.add(Labels.of(Labels.NAME, "m", "i", "a"), 0, 1);
    add("m", "b", 0, "{{count:1 buckets:[1]}}");
    source.add(Labels.of(Labels.NAME, "m", "i", "c"), 0, 1);

    QueryAnswer answer = ask("sum(m)");

    assertThat(((Result.Vector) answer.result()).points()).isEmpty();
    assertThat(answer.warnings())
        .containsExactly(
            "PromQL warning: encountered a mix of histograms and floats for aggregation (1:5)");
  }

  @Test
  void classic_histograms_whose_counts_fall_are_a_failed_case_and_no_crash() {
    var script =
        Script.parse(
            """
            load_with_nhcb 1m
              x_bucket{le="1"} 5
              x_bucket{le="+Inf"} 3

            eval instant at 0 x
            """);

    assertThat(ScriptRunner.run(script).getFirst().reason()).contains("counts fall");
  }
}
