package io.oriel.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryAnswer.Result;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.limit.Limits;
import io.oriel.promql.Promql;
import io.oriel.promql.memory.MemorySource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What theory says of answers, over random series with gaps and resets. */
class LawsPropertyTest {
  private static final long STEP_MS = 60_000;
  private static final long END_MS = 40 * STEP_MS;

  private static MemorySource source(long seed, int series, long shiftMs) {
    var random = new Random(seed);
    var source = new MemorySource();
    for (int s = 0; s < series; s++) {
      var labels = Labels.of(Labels.NAME, "m_total", "i", "" + s, "part", "" + s % 2);
      double value = 0;
      for (long t = 0; t < END_MS; t += 10_000 + random.nextInt(10_000)) {
        if (random.nextInt(8) == 0) continue;
        value = random.nextInt(30) == 0 ? 0 : value + random.nextInt(1000) / 8.0;
        source.add(labels, t + shiftMs, value);
      }
    }
    return source;
  }

  private static Map<String, Double> ask(MemorySource source, String query, long shiftMs) {
    try (var engine = Promql.engine(source, Limits.NORMAL, Clock.system(), Options.ALL)) {
      var answer = engine.range(query, shiftMs, END_MS + shiftMs, STEP_MS, QueryOptions.DEFAULT);
      var values = new TreeMap<String, Double>();
      for (QueryAnswer.Series each : ((Result.Matrix) answer.result()).series()) {
        for (int i = 0; i < each.samples().size; i++) {
          long time = each.samples().times[i] - shiftMs;
          values.put(each.labels() + "@" + time, each.samples().values[i]);
        }
      }
      return values;
    }
  }

  private static void assertClose(Map<String, Double> actual, Map<String, Double> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    actual.forEach((at, value) -> {
      double due = expected.getOrDefault(at, Double.NaN);
      assertThat(value).as(at).isCloseTo(due, within(Math.abs(due) * 1e-9 + 1e-9));
    });
  }

  @Property(tries = 40)
  void a_sum_is_the_sum_of_its_parts(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int n) {
    var source = source(seed, n, 0);

    assertClose(
        ask(source, "sum(sum by (part) (rate(m_total[5m])))", 0),
        ask(source, "sum(rate(m_total[5m]))", 0));
  }

  @Property(tries = 40)
  void a_rate_does_not_depend_on_when_it_is_asked(
      @ForAll long seed, @ForAll @IntRange(max = 1_000_000) int minutes) {
    long shiftMs = minutes * STEP_MS;

    for (String query :
        List.of("rate(m_total[5m])", "increase(m_total[7m])", "deriv(m_total[5m])")) {
      assertClose(ask(source(seed, 3, shiftMs), query, shiftMs), ask(source(seed, 3, 0), query, 0));
    }
  }

  @Property(tries = 40)
  void a_range_query_is_the_instant_queries_of_its_steps(@ForAll long seed) {
    var source = source(seed, 3, 0);
    var queries =
        List.of(
            "m_total",
            "rate(m_total[5m])",
            "max_over_time(m_total[3m])",
            "resets(m_total[9m])",
            "min_over_time(m_total[3m])",
            "changes(m_total[4m])",
            "avg_over_time(m_total[2m:20s])",
            "topk(2, m_total)",
            "m_total > on (i) group_left () (m_total offset 1m)",
            "quantile(0.3, m_total)",
            "stddev(m_total)",
            "m_total @ 600");

    try (var engine = Promql.engine(source, Limits.NORMAL, Clock.system(), Options.ALL)) {
      for (String query : queries) {
        var points = new TreeMap<String, Double>();
        for (long t = 0; t <= END_MS; t += STEP_MS) {
          var answer = engine.instant(query, t, QueryOptions.DEFAULT);
          for (QueryAnswer.Point point : ((Result.Vector) answer.result()).points()) {
            points.put(point.labels() + "@" + t, point.value());
          }
        }
        assertClose(ask(source, query, 0), points);
      }
    }
  }

  @Property(tries = 40)
  void what_a_filter_takes_and_what_it_leaves_make_the_whole(@ForAll long seed) {
    var source = source(seed, 4, 0);

    assertThat(ask(source, "m_total > 500 or m_total <= 500", 0))
        .isEqualTo(ask(source, "m_total", 0));
    assertThat(ask(source, "m_total unless m_total > 500", 0))
        .isEqualTo(ask(source, "m_total <= 500", 0));
  }

  @Property(tries = 20)
  void many_series_read_by_several_threads_come_as_they_come_from_one(
      @ForAll long seed, @ForAll @IntRange(min = 60, max = 300) int n) {
    var source = source(seed, n, 0);
    var perSeries = ask(source, "rate(m_total[5m])", 0);

    var oneByOne = new TreeMap<String, Double>();
    for (int i = 0; i < n; i++) {
      oneByOne.putAll(ask(source, "rate(m_total{i=\"" + i + "\"}[5m])", 0));
    }

    assertThat(perSeries).isEqualTo(oneByOne);
  }
}
