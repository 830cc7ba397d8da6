package io.oriel.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import io.oriel.promql.Promql;
import io.oriel.promql.memory.MemorySource;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.Steps;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class LimitsTest {
  private static final long DAY_MS = 86_400_000;
  private static final Steps ONE_STEP = Steps.at(0L);

  private final MemorySource source = new MemorySource();

  private Engine engine(Limits limits) {
    return Promql.engine(source, limits, Clock.system());
  }

  private void load(int series, int samples) {
    for (int s = 0; s < series; s++) {
      var labels = Labels.of(Labels.NAME, "m", "i", Integer.toString(s));
      for (int i = 0; i < samples; i++) source.add(labels, i * 15_000L, i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "-", "((", "sum(", "a[1m:] offset (", "a[((", "rate(", "2 ^ "})
  void a_million_nested_beginnings_are_refused_by_name_before_a_stack_is_full(String beginning) {
    String query = beginning.repeat(1_000_000 / beginning.length());

    assertThatThrownBy(() -> Promql.parse(query)).isInstanceOf(Refusal.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {" + a", " or a", " ^ a", " == a", " * a", " atan2 a", "[1m:]", "[5m+1m]"})
  void a_long_chain_is_refused_by_name(String link) {
    String query = "a" + link.repeat(100_000);

    assertThatThrownBy(() -> Promql.parse(query, io.oriel.promql.parse.Features.ALL))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void a_chain_as_long_as_is_allowed_is_answered() {
    String query = "1" + " + 1".repeat(190);

    try (var engine = engine(Limits.NORMAL)) {
      assertThat(engine.instant(query, 0, QueryOptions.DEFAULT).result().toString())
          .contains("191.0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"m + m", "m or m", "abs(abs", "max_over_time(m[1m:])[1m:"})
  void the_deepest_query_that_is_allowed_fits_any_stack(String shape) throws InterruptedException {
    load(100, 10);
    String query =
        switch (shape) {
          case "abs(abs" -> "abs(".repeat(60) + "m" + ")".repeat(60);
          case "m + m" -> "m" + " + m".repeat(190);
          case "m or m" -> "m" + " or m".repeat(190);
          default -> "max_over_time(".repeat(40) + "m" + "[1m:])".repeat(40);
        };

    try (var engine = engine(Limits.NORMAL)) {
      var failure = new java.util.concurrent.atomic.AtomicReference<Throwable>();
      Thread thread =
          Thread.ofVirtual()
              .uncaughtExceptionHandler((t, e) -> failure.set(e))
              .start(() -> engine.range(query, 0, 600_000, 60_000, QueryOptions.DEFAULT));
      thread.join();

      assertThat(failure.get()).isNull();
    }
  }

  @Test
  void a_query_that_is_too_long_is_refused_by_name() {
    try (var engine = engine(Limits.NORMAL.with(Limit.QUERY_LENGTH, 10))) {
      assertThatThrownBy(() -> engine.instant("a + b + c + d", 0, QueryOptions.DEFAULT))
          .isInstanceOf(Refusal.LimitReached.class)
          .hasMessageContaining("limits.query_length");
    }
  }

  @Test
  void more_steps_than_allowed_are_refused_in_prometheus_words() {
    try (var engine = engine(Limits.NORMAL)) {
      assertThatThrownBy(() -> engine.range("1", 0, 11_001_000, 1000, QueryOptions.DEFAULT))
          .hasMessage(
              "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the"
                  + " query resolution (?step=XX)");
      assertThat(engine.range("1", 0, 11_000_000, 1000, QueryOptions.DEFAULT)).isNotNull();
    }
  }

  @Test
  void a_subquery_of_a_year_by_the_millisecond_is_refused_before_anything_is_read() {
    try (var engine = engine(Limits.NORMAL)) {
      assertThatThrownBy(
              () -> engine.instant("max_over_time(x[1y:1ms])", DAY_MS, QueryOptions.DEFAULT))
          .isInstanceOf(Refusal.LimitReached.class)
          .hasMessageContaining(
              "query processing would load too many samples into memory in query execution")
          .hasMessageContaining("limits.query_samples");
    }
  }

  @Test
  void samples_that_are_held_are_limited() {
    load(200, 100);

    try (var engine = engine(Limits.NORMAL.with(Limit.QUERY_SAMPLES, 15_000))) {
      assertThatThrownBy(() -> engine.range("m", 0, 1_485_000, 15_000, QueryOptions.DEFAULT))
          .isInstanceOf(Refusal.LimitReached.class)
          .hasMessageContaining("too many samples");
      var folded = engine.range("sum(m)", 0, 1_485_000, 15_000, QueryOptions.DEFAULT);
      assertThat(folded.stats().samplesPeak()).isLessThan(15_000);
    }
  }

  @Test
  void a_query_that_takes_longer_than_allowed_is_ended() {
    load(5, 100);
    var clock = new ManualClock();
    var ticking =
        QueryOptions.DEFAULT
            .withTimeout(Duration.ofSeconds(1))
            .withCancelled(() -> {
              clock.advance(400); // each series takes so long
              return false;
            });

    try (var engine = Promql.engine(source, Limits.NORMAL, clock)) {
      assertThatThrownBy(() -> engine.range("rate(m[5m])", 0, 1_485_000, 15_000, ticking))
          .isInstanceOf(Refusal.TimedOut.class)
          .hasMessageStartingWith("query timed out in expression evaluation");
    }
  }

  @Test
  void a_query_whose_caller_went_away_is_ended_at_the_next_series() {
    load(500, 10);
    var asked = new AtomicInteger();
    BooleanSupplier gone = () -> asked.incrementAndGet() > 100;

    try (var engine = engine(Limits.NORMAL)) {
      var options = QueryOptions.DEFAULT.withCancelled(gone);
      assertThatThrownBy(() -> engine.instant("sum(rate(m[1m]))", 120_000, options))
          .isInstanceOf(Refusal.Cancelled.class);
    }

    assertThat(asked.get()).isLessThan(200);
  }

  @Test
  void what_a_query_held_is_given_back() {
    load(100, 100);
    var room = new Room(1000);
    var budget = new Budget(Limits.NORMAL, QueryOptions.DEFAULT, Clock.system(), room, ONE_STEP);

    try (var set = new SeriesSet(budget)) {
      set.take(Labels.of("a", "1"), false, Column.filled(100, 1));
    }
    budget.hold(0);

    assertThat(budget.stats().samplesPeak()).isEqualTo(100);
  }

  @Test
  void series_weigh_something_beside_their_samples_and_are_given_back() {
    var room = new Room(1000);

    try (var budget =
        new Budget(Limits.NORMAL, QueryOptions.DEFAULT, Clock.system(), room, ONE_STEP)) {
      try (var set = new SeriesSet(budget)) {
        for (int i = 0; i < 100; i++) {
          set.take(Labels.of("a", "" + i), false, Column.filled(1, 1));
        }
        assertThat(room.held()).isEqualTo(900);
        assertThat(budget.stats().samplesPeak()).isEqualTo(100);
      }
      assertThat(room.held()).isZero();
    }

    assertThat(room.held()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m + m",
        "m and m",
        "m or m",
        "label_replace(m, \"a\", \"$1\", \"i\", \"(.*)\")",
        "m * on (i) group_left () m",
        "topk(3, m)",
        "count_values(\"v\", m)",
        "max_over_time(m[1m:1s])",
        "quantile(0.5, m)",
        "sort(m)",
        "m + on () m"
      })
  void nothing_is_counted_any_more_when_a_query_is_over(String query) {
    load(50, 10);
    var room = new Room(100_000);
    var small = new Room(300);
    for (Room each : new Room[] {room, small}) {
      try (var engine = new Engine(source, Limits.NORMAL, Clock.system(), Options.ALL, each)) {
        engine.range(query, 0, 60_000, 1_000, QueryOptions.DEFAULT);
      } catch (Refusal _) { // by the small room, or for what it means
      }

      assertThat(each.held()).as("of %s", query).isZero();
    }
  }

  @Test
  void queries_together_hold_no_more_than_the_heap_has_room_for() {
    var room = new Room(150);

    try (var first =
            new Budget(Limits.NORMAL, QueryOptions.DEFAULT, Clock.system(), room, ONE_STEP);
        var second =
            new Budget(Limits.NORMAL, QueryOptions.DEFAULT, Clock.system(), room, ONE_STEP)) {
      first.hold(100);

      assertThatThrownBy(() -> second.hold(51))
          .isInstanceOf(Refusal.Unavailable.class)
          .hasMessageContaining("would hold more than 150 samples");
      second.hold(50);
    }

    assertThat(room.held()).isZero();
  }
}
