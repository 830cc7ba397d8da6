package io.oriel.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryAnswer.Result;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Limits;
import io.oriel.promql.Promql;
import io.oriel.promql.memory.MemorySource;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What theory says of native histograms, beside series of floats that hold the same counts. */
class HistogramLawsPropertyTest {
  private static final long STEP_MS = 60_000;
  private static final long END_MS = 20 * STEP_MS;
  private static final int TRIES = 60;

  /**
   * Counters {@code h} with the counts alone beside them in {@code h_count}; now and then reset.
   */
  private static MemorySource source(long seed, boolean gauges) {
    var random = new Random(seed);
    var source = new MemorySource();
    for (int s = 0; s < 4; s++) {
      var labels = Labels.of(Labels.NAME, "h", "i", "" + s, "part", "" + s % 2);
      var counts = labels.with(Labels.NAME, "h_count");
      double[] buckets = new double[6];
      for (long t = 0; t < END_MS; t += 10_000 + random.nextInt(10_000)) {
        if (random.nextInt(8) == 0) continue;
        boolean anew = random.nextInt(25) == 0; // from nothing, so that floats see it, too
        if (anew) buckets = new double[6];
        int more = anew ? 0 : random.nextInt(5);
        for (int i = 0; i < more; i++) buckets[random.nextInt(6)]++;
        Histogram histogram = histogram(s % 3, buckets, gauges);
        source.add(labels, t, histogram);
        source.add(counts, t, histogram.count());
      }
    }
    return source;
  }

  private static Histogram histogram(int schema, double[] counts, boolean gauge) {
    Buckets buckets = Buckets.from(-2, counts);
    double all = buckets.total();
    CounterReset reset = gauge ? CounterReset.GAUGE : CounterReset.UNKNOWN;
    return new Histogram(schema, all, 2 * all, 0, 0, buckets, Buckets.NONE, new double[0], reset);
  }

  private static Map<String, Double> ask(MemorySource source, String query) {
    try (var engine = Promql.engine(source, Limits.NORMAL, Clock.system(), Options.ALL)) {
      var answer = engine.range(query, 0, END_MS, STEP_MS, QueryOptions.DEFAULT);
      var values = new TreeMap<String, Double>();
      for (QueryAnswer.Series each : ((Result.Matrix) answer.result()).series()) {
        Labels labels = each.labels().without(java.util.Set.of(Labels.NAME));
        for (int i = 0; i < each.samples().size; i++) {
          assertThat(each.samples().histogram(i)).isNull();
          values.put(labels + "@" + each.samples().times[i], each.samples().values[i]);
        }
      }
      return values;
    }
  }

  private static void assertSame(MemorySource source, String one, String other) {
    Map<String, Double> actual = ask(source, one);
    Map<String, Double> expected = ask(source, other);
    assertThat(actual.keySet()).isEqualTo(expected.keySet()).isNotEmpty();
    actual.forEach((at, value) -> {
      double due = expected.getOrDefault(at, Double.NaN);
      assertThat(value).as(at).isCloseTo(due, within(Math.abs(due) * 1e-9 + 1e-9));
    });
  }

  @Property(tries = TRIES)
  void counts_grow_as_a_counter_of_the_same_values_does(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int minutes) {
    MemorySource source = source(seed, false);
    String range = "[" + minutes + "m]";

    assertSame(
        source, "histogram_count(increase(h" + range + "))", "increase(h_count" + range + ")");
    assertSame(source, "histogram_count(rate(h" + range + "))", "rate(h_count" + range + ")");
    assertSame(source, "histogram_count(irate(h" + range + "))", "irate(h_count" + range + ")");
    assertSame(source, "resets(h" + range + ")", "resets(h_count" + range + ")");
  }

  @Property(tries = TRIES)
  void counts_of_gauges_change_as_floats_do(@ForAll long seed) {
    MemorySource source = source(seed, true);

    assertSame(source, "histogram_count(delta(h[5m]))", "delta(h_count[5m])");
    assertSame(source, "histogram_count(idelta(h[5m]))", "idelta(h_count[5m])");
    assertSame(source, "histogram_count(h smoothed)", "h_count smoothed");
  }

  @Property(tries = TRIES)
  void folding_histograms_folds_their_counts(@ForAll long seed) {
    MemorySource source = source(seed, false);

    assertSame(source, "histogram_count(sum by (part) (h))", "sum by (part) (h_count)");
    assertSame(source, "histogram_count(avg by (part) (h))", "avg by (part) (h_count)");
    assertSame(source, "histogram_count(sum_over_time(h[7m]))", "sum_over_time(h_count[7m])");
    assertSame(source, "histogram_count(avg_over_time(h[7m]))", "avg_over_time(h_count[7m])");
    assertSame(source, "histogram_count(last_over_time(h[7m]))", "last_over_time(h_count[7m])");
    assertSame(source, "count(h)", "count(h_count)");
  }

  @Property(tries = TRIES)
  void arithmetic_with_histograms_is_arithmetic_with_their_counts(@ForAll long seed) {
    MemorySource source = source(seed, false);

    assertSame(source, "histogram_count(h + h * 2 - h / 4)", "h_count * 2.75");
    assertSame(source, "histogram_count(-h)", "-h_count");
    assertSame(source, "histogram_count(h == h)", "h_count == h_count");
    assertSame(source, "histogram_count(h </ 1) + histogram_count(h >/ 1)", "h_count + 0");
    assertSame(source, "count(h != h) or vector(0)", "vector(0)");
  }

  @Property(tries = TRIES)
  void a_subquery_at_the_samples_of_an_instant_is_the_series_itself(@ForAll long seed) {
    MemorySource source = source(seed, false);

    assertSame(
        source, "histogram_count(last_over_time(h[1m:1m]))", "last_over_time(h_count[1m:1m])");
    assertSame(source, "histogram_count(nothing or h)", "h_count");
  }
}
