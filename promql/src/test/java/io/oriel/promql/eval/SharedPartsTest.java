package io.oriel.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.limit.Limits;
import io.oriel.promql.Promql;
import io.oriel.promql.memory.MemorySource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts that stand in a query several times. */
class SharedPartsTest {
  private final MemorySource source = new MemorySource();
  private final Engine engine = Promql.engine(source, Limits.NORMAL, Clock.system());

  @BeforeEach
  void load() {
    for (int minute = 0; minute < 60; minute++) {
      for (int i = 0; i < 4; i++) {
        String group = "g" + i % 2;
        long at = minute * 60_000L;
        source.add(Labels.of(Labels.NAME, "a", "i", "" + i, "g", group), at, minute * (i + 1));
        source.add(Labels.of(Labels.NAME, "b", "i", "" + i, "g", group), at, 100 - minute * i);
      }
    }
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private QueryAnswer ask(String query, QueryOptions options) {
    return engine.range(query, 600_000, 3_000_000, 120_000, options);
  }

  private long samplesOf(String query) {
    return ask(query, QueryOptions.DEFAULT).stats().samplesRead();
  }

  @Test
  void an_aggregation_that_stands_there_twice_is_computed_once() {
    long once = samplesOf("sum by (g) (a) + sum by (g) (b)");

    assertThat(samplesOf("sum by (g) (a) / (sum by (g) (a) + sum by (g) (b))")).isEqualTo(once);
    assertThat(samplesOf("sum(rate(a[5m])) - sum( rate(a[5m] ) ) * 2"))
        .isEqualTo(samplesOf("sum(rate(a[5m]))"));
  }

  @Test
  void what_differs_in_anything_is_another_part() {
    long once = samplesOf("sum(a)");

    assertThat(samplesOf("sum by (g) (a) * on () group_left () sum(a)")).isEqualTo(2 * once);
    assertThat(samplesOf("sum(a) + sum(a{g=~\"g.\"})")).isEqualTo(2 * once);
    assertThat(samplesOf("sum(a) + sum(a offset 1ms)")).isEqualTo(2 * once);
    assertThat(samplesOf("a + a")).isEqualTo(samplesOf("a") * 2);
  }

  /** Where samples are counted for each step, every place is computed for itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum by (g) (a) / (sum by (g) (a) + sum by (g) (b))",
        "-sum(a) + sum(a) * 2 > bool sum(a)",
        "max by (g) (max by (g) (a)) - max by (g) (a)",
        "sum(a @ 1200) + sum(a @ 1200) + sum(a) * 0",
        "max_over_time(sum(a)[10m:1m]) - min_over_time(sum(a)[10m:1m]) + sum(a)",
        "topk(1, a) + topk(1, a)",
        "count_values(\"v\", a) + count_values(\"v\", a)",
        "quantile(2, a) - quantile(2, a)",
        "scalar(sum(a)) * sum by (g) (b) / scalar(sum(a))",
        "sum(a) or sum(a) unless sum(b) and sum(b)",
        "sum(rate(a[5m])) / sum(rate(a[5m]))",
      })
  void the_answer_is_as_if_each_place_were_computed_for_itself(String query) {
    QueryAnswer shared = ask(query, QueryOptions.DEFAULT);
    QueryAnswer apart = ask(query, QueryOptions.DEFAULT.withPerStep(true));

    assertThat(text(shared)).isEqualTo(text(apart)).isNotEmpty();
    assertThat(shared.warnings()).isEqualTo(apart.warnings());
    assertThat(shared.infos()).isEqualTo(apart.infos());
  }

  private static List<String> text(QueryAnswer answer) {
    return ((QueryAnswer.Result.Matrix) answer.result())
        .series().stream()
            .map(each -> {
              var text = new StringBuilder(each.labels().toString());
              for (int i = 0; i < each.samples().size; i++) {
                text.append(" ").append(each.samples().times[i]);
                text.append("=").append(each.samples().values[i]);
              }
              return text.toString();
            })
            .toList();
  }
}
