package io.oriel.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.backend.QueryAnswer.Result;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.limit.Limits;
import io.oriel.promql.Promql;
import io.oriel.promql.memory.MemorySource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When metric names go: at once by default, at the very end where that is switched on. */
class NamesTest {
  private final MemorySource source = new MemorySource();
  private final Engine early = Promql.engine(source, Limits.NORMAL, Clock.system());
  private final Engine late = Promql.engine(source, Limits.NORMAL, Clock.system(), Options.ALL);

  @BeforeEach
  void load() {
    source.add(Labels.of(Labels.NAME, "a", "x", "1"), 0, 1);
    source.add(Labels.of(Labels.NAME, "b", "x", "1"), 0, 2);
    source.add(Labels.of(Labels.NAME, "c", "x", "1"), 60_000, 3);
  }

  @AfterEach
  void close() {
    early.close();
    late.close();
  }

  @Test
  void series_that_become_equal_fail_at_once_by_default() {
    assertThatThrownBy(() -> early.instant("sum(-{__name__=~\"a|b\"})", 0, QueryOptions.DEFAULT))
        .hasMessage("vector cannot contain metrics with the same labelset");
  }

  @Test
  void absence_is_asked_of_series_that_differ_by_their_names_alone() {
    String query = "absent_over_time({__name__=~\"a|b\"}[5m])";

    var result = early.instant(query, 0, QueryOptions.DEFAULT).result();

    assertThat(((Result.Vector) result).points()).isEmpty();
  }

  @Test
  void series_that_will_become_equal_may_be_summed_before_where_names_go_late() {
    var result = late.instant("sum(-{__name__=~\"a|b\"})", 0, QueryOptions.DEFAULT).result();

    assertThat(((Result.Vector) result).points())
        .singleElement()
        .satisfies(point -> assertThat(point.value()).isEqualTo(-3));
  }

  @Test
  void series_that_become_equal_at_different_steps_are_one() {
    var options = QueryOptions.DEFAULT.withLookback(java.time.Duration.ofSeconds(30));
    var result = early.range("-{__name__=~\"a|c\"}", 0, 60_000, 60_000, options).result();

    assertThat(((Result.Matrix) result).series())
        .singleElement()
        .satisfies(series -> {
          assertThat(series.labels()).isEqualTo(Labels.of("x", "1"));
          assertThat(series.samples().values).startsWith(-1, -3);
        });
  }

  @Test
  void a_name_is_gone_for_label_replace_by_default_and_still_there_where_names_go_late() {
    String query = "label_replace(-a, \"was\", \"$1\", \"__name__\", \"(.*)\")";

    var without = early.instant(query, 0, QueryOptions.DEFAULT).result();
    var with = late.instant(query, 0, QueryOptions.DEFAULT).result();

    assertThat(((Result.Vector) without).points().getFirst().labels())
        .isEqualTo(Labels.of("x", "1"));
    assertThat(((Result.Vector) with).points().getFirst().labels())
        .isEqualTo(Labels.of("x", "1", "was", "a"));
  }
}
