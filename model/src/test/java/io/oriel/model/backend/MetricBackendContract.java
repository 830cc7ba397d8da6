package io.oriel.model.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.QueryAnswer.Point;
import io.oriel.model.backend.QueryAnswer.Result;
import io.oriel.model.backend.Receipt.Reason;
import io.oriel.model.limit.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/**
 * What every metrics backend promises; run for the embedded store and for real engines. One backend
 * for all cases: each has metrics of its own. Some backends show what they took a moment later, so
 * cases wait, up to a bound, for what they look for.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
public abstract class MetricBackendContract {
  private static final long STEP_MS = 15_000;
  private static final long PAUSE_NANOS = 20_000_000;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** On a step, some minutes ago: all engines take samples of that age. */
  private final long start = (System.currentTimeMillis() / 60_000 - 10) * 60_000;

  private MetricBackend backend;

  /** Opens the backend that is looked at. */
  protected abstract MetricBackend open() throws Exception;

  @BeforeAll
  void openBackend() throws Exception {
    backend = open();
  }

  @AfterAll
  void closeBackend() {
    if (backend != null) backend.close();
  }

  @Test
  void samples_are_found_by_an_instant_query_with_value_and_labels() {
    Labels series = named("contract_instant", "job", "x", "odd", "é \"\\\n");
    write(series, start, 42.5);

    awaitTrue("contract_instant is there", () -> !vector("contract_instant", start).isEmpty());

    Point point = vector("contract_instant", start + 1000).getFirst();
    assertThat(point.labels()).isEqualTo(series);
    assertThat(point.value()).isEqualTo(42.5);
    assertThat(point.timeMs()).isEqualTo(start + 1000);
    assertThat(vector("contract_instant", start - 1)).isEmpty();
  }

  @Test
  void a_range_query_has_a_value_at_each_step() {
    try (MetricWriter writer = backend.sink().writer()) {
      long series = writer.series(named("contract_range_total"));
      for (int i = 0; i <= 20; i++) writer.sample(series, start + i * STEP_MS, i);
      assertThat(writer.commit().kept()).isEqualTo(21);
    }
    awaitTrue("all of it is there", () -> count("contract_range_total", 21));

    Result result = range("contract_range_total", start, start + 20 * STEP_MS, 2 * STEP_MS);

    assertThat(result).isInstanceOf(Result.Matrix.class);
    SampleColumns samples = ((Result.Matrix) result).series().getFirst().samples();
    assertThat(samples.size).isEqualTo(11);
    for (int i = 0; i < samples.size; i++) {
      assertThat(samples.times[i]).isEqualTo(start + 2L * i * STEP_MS);
      assertThat(samples.values[i]).isEqualTo(2.0 * i);
    }
  }

  @Test
  void rates_and_sums_are_computed() {
    try (MetricWriter writer = backend.sink().writer()) {
      for (String zone : List.of("a", "b")) {
        long series = writer.series(named("contract_sum_total", "zone", zone));
        for (int i = 0; i <= 20; i++) writer.sample(series, start + i * STEP_MS, 30.0 * i);
      }
      writer.commit();
    }
    awaitTrue("all of it is there", () -> count("contract_sum_total", 42));

    List<Point> points = vector("sum(increase(contract_sum_total[1m]))", start + 20 * STEP_MS);

    assertThat(points).singleElement().matches(p -> Math.abs(p.value() - 240) < 1);
  }

  @Test
  void special_values_come_back() {
    try (MetricWriter writer = backend.sink().writer()) {
      writer.sample(
          writer.series(named("contract_special", "is", "inf")), start, Double.POSITIVE_INFINITY);
      writer.sample(writer.series(named("contract_special", "is", "tiny")), start, 4.9e-300);
      writer.sample(writer.series(named("contract_special", "is", "minus")), start, -1e300);
      writer.commit();
    }
    awaitTrue("all three are there", () -> vector("contract_special", start).size() == 3);

    var values = new TreeMap<String, Double>();
    vector("contract_special", start)
        .forEach(point -> values.put(point.labels().valueOf("is"), point.value()));

    assertThat(values)
        .containsEntry("inf", Double.POSITIVE_INFINITY)
        .containsEntry("minus", -1e300)
        .containsEntry("tiny", 4.9e-300);
  }

  @Test
  void one_bad_sample_does_not_cost_its_batch() {
    Receipt receipt;
    try (MetricWriter writer = backend.sink().writer()) {
      long series = writer.series(named("contract_batch"));
      writer.sample(series, start, 1);
      writer.sample(series, start + 95_000_000_000_000L, 2); // the year 5000
      writer.sample(series, start + STEP_MS, 3);
      assertThatThrownBy(() -> writer.series(Labels.of("job", "nameless")))
          .isInstanceOf(Refusal.BadRequest.class)
          .hasMessageContaining("no metric name");
      receipt = writer.commit();
    }

    assertThat(receipt.kept()).isEqualTo(2);
    assertThat(receipt.refused(Reason.TOO_FAR_AHEAD)).isEqualTo(1);
    awaitTrue("the good ones are there", () -> count("contract_batch", 2));
  }

  /** VictoriaMetrics makes a vector of one series without labels of it. */
  @Test
  void a_scalar_has_its_value() {
    Result result = backend.queries().instant("1 + 2", start, QueryOptions.DEFAULT).result();

    double value =
        switch (result) {
          case Result.Scalar(_, double scalar) -> scalar;
          case Result.Vector(List<Point> points) -> points.getFirst().value();
          default -> Double.NaN;
        };
    assertThat(value).isEqualTo(3);
  }

  @Test
  void a_query_that_does_not_parse_is_refused() {
    assertThatThrownBy(() -> vector("sum((", start))
        .isInstanceOfAny(Refusal.BadQuery.class, Refusal.QueryFailed.class);
  }

  @Test
  void series_and_labels_are_listed() {
    write(named("contract_listed", "job", "x", "colour", "red"), start, 1);
    write(named("contract_listed", "job", "x", "colour", "green"), start, 1);
    List<List<Matcher>> listed = List.of(List.of(Matcher.equal(Labels.NAME, "contract_listed")));
    var range = new TimeRange(start - 60_000, start + 60_000);
    MetricSource source = backend.source();

    awaitTrue("both are there", () -> source.series(listed, range, 0).size() == 2);

    assertThat(source.series(listed, range, 0))
        .containsExactly(
            named("contract_listed", "job", "x", "colour", "green"),
            named("contract_listed", "job", "x", "colour", "red"));
    assertThat(source.series(listed, range, 1)).hasSize(1);
    assertThat(source.labelNames(listed, range, 0)).containsExactly("__name__", "colour", "job");
    assertThat(source.labelValues("colour", listed, range, 0)).containsExactly("green", "red");
    assertThat(source.labelValues("colour", List.of(), range, 0)).contains("green", "red");
  }

  @Test
  void raw_samples_are_selected_by_range() {
    try (MetricWriter writer = backend.sink().writer()) {
      long series = writer.series(named("contract_raw", "job", "x"));
      for (int i = 0; i <= 20; i++) writer.sample(series, start + i * STEP_MS, i);
      writer.commit();
    }
    awaitTrue("all of it is there", () -> count("contract_raw", 21));
    List<Matcher> matchers =
        List.of(Matcher.equal(Labels.NAME, "contract_raw"), Matcher.regex("job", "x|y"));

    try (SelectedSeries selected =
        backend
            .source()
            .select(matchers, new TimeRange(start + 5 * STEP_MS, start + 8 * STEP_MS))) {
      var samples = new SampleColumns();
      assertThat(selected.count()).isEqualTo(1);
      assertThat(selected.labels(0)).isEqualTo(named("contract_raw", "job", "x"));
      selected.read(0, samples);

      var values = new ArrayList<Double>();
      for (int i = 0; i < samples.size; i++) values.add(samples.values[i]);
      assertThat(values).containsExactly(5.0, 6.0, 7.0, 8.0);
    }
  }

  @Test
  void nothing_is_found_where_nothing_was_written() {
    assertThat(vector("contract_never_written", start)).isEmpty();
    List<List<Matcher>> none =
        List.of(List.of(Matcher.equal(Labels.NAME, "contract_never_written")));
    assertThat(backend.source().series(none, new TimeRange(start, start + 1000), 0)).isEmpty();
  }

  private static Labels named(String metric, String... more) {
    return Labels.of(more).with(Labels.NAME, metric);
  }

  private void write(Labels labels, long timeMs, double value) {
    try (MetricWriter writer = backend.sink().writer()) {
      writer.sample(writer.series(labels), timeMs, value);
      assertThat(writer.commit().kept()).isEqualTo(1);
    }
  }

  private List<Point> vector(String query, long timeMs) {
    Result result = backend.queries().instant(query, timeMs, QueryOptions.DEFAULT).result();
    return result instanceof Result.Vector(List<Point> points) ? points : List.of();
  }

  private Result range(String query, long startMs, long endMs, long stepMs) {
    return backend.queries().range(query, startMs, endMs, stepMs, QueryOptions.DEFAULT).result();
  }

  /** Whether so many samples of a metric are there in the minutes that the cases use. */
  private boolean count(String metric, int samples) {
    List<Point> points = vector("sum(count_over_time(%s[9m]))".formatted(metric), start + 500_000);
    return !points.isEmpty() && points.getFirst().value() == samples;
  }

  private static void awaitTrue(String what, BooleanSupplier happened) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() > end) throw new AssertionError("not within 30 s: " + what);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
