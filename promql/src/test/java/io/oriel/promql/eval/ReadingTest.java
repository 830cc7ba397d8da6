package io.oriel.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.backend.SelectedSeries;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.Promql;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a selection is treated that many threads read. */
@Timeout(20)
class ReadingTest {
  /** A thousand series; the one that is told fails; sees whether it is read after it is closed. */
  private static final class Source implements MetricSource {
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicBoolean readWhenClosed = new AtomicBoolean();
    private final AtomicInteger seen = new AtomicInteger();
    private final int failing;

    Source(int failing) {
      this.failing = failing;
    }

    @Override
    public SelectedSeries select(List<Matcher> matchers, TimeRange range) {
      open.incrementAndGet();
      return new SelectedSeries() {
        @Override
        public int count() {
          return 1000;
        }

        @Override
        public Labels labels(int series) {
          return Labels.of(Labels.NAME, "m", "i", "" + series);
        }

        @Override
        public void read(int series, SampleColumns into) {
          if (open.get() == 0) readWhenClosed.set(true);
          if (series == failing) throw new Refusal.Unavailable("the block is gone", "ask again");
          seen.incrementAndGet();
          into.add(0, series);
        }

        @Override
        public List<String> warnings() {
          return List.of(seen.get() == 1000 ? "a block is damaged" : "asked too early");
        }

        @Override
        public List<String> infos() {
          return List.of("\"n\" was read in place of \"m\"");
        }

        @Override
        public void close() {
          open.decrementAndGet();
        }
      };
    }

    @Override
    public List<Labels> series(List<List<Matcher>> selections, TimeRange range, int limit) {
      return List.of();
    }

    @Override
    public List<String> labelNames(List<List<Matcher>> selections, TimeRange range, int limit) {
      return List.of();
    }

    @Override
    public List<String> labelValues(
        String name, List<List<Matcher>> selections, TimeRange range, int limit) {
      return List.of();
    }

    @Override
    public Map<String, List<MetricMetadata>> metadata(String metric, int limit) {
      return Map.of();
    }
  }

  @Test
  void a_failure_while_reading_ends_the_query_and_nobody_reads_what_is_closed() {
    for (int round = 0; round < 50; round++) {
      var source = new Source(round * 20);
      try (var engine = Promql.engine(source, Limits.NORMAL, Clock.system())) {
        assertThatThrownBy(() -> engine.instant("sum(m)", 0, QueryOptions.DEFAULT))
            .hasMessageContaining("the block is gone");
      }

      assertThat(source.open).hasValue(0);
      assertThat(source.readWhenClosed).isFalse();
    }
  }

  @Test
  void every_selection_is_closed_after_an_answer() {
    var source = new Source(-1);

    try (var engine = Promql.engine(source, Limits.NORMAL, Clock.system())) {
      engine.instant("sum(m) + on () group_right () (m offset 1m or m)", 0, QueryOptions.DEFAULT);
    }

    assertThat(source.open).hasValue(0);
  }

  @Test
  void what_the_source_says_of_the_samples_comes_with_the_answer_once_they_are_read() {
    try (var engine = Promql.engine(new Source(-1), Limits.NORMAL, Clock.system())) {
      var answer = engine.instant("sum(m)", 0, QueryOptions.DEFAULT);

      assertThat(answer.warnings()).containsExactly("a block is damaged");
      assertThat(answer.infos()).containsExactly("\"n\" was read in place of \"m\"");
    }
  }

  @Test
  void a_closed_engine_says_so() {
    var engine = Promql.engine(new Source(-1), Limits.NORMAL, Clock.system());

    engine.close();

    assertThatThrownBy(() -> engine.instant("sum(m)", 0, QueryOptions.DEFAULT))
        .isInstanceOf(Refusal.Unavailable.class);
  }
}
