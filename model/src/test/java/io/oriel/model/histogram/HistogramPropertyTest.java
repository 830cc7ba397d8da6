package io.oriel.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Counts are whole numbers here, so that sums are exact and equal means equal. */
class HistogramPropertyTest {
  private static final double[] NONE = {};
  private static final int WIDEST = 60; // index; further out bounds overflow in coarse schemas

  @Provide
  Arbitrary<Histogram> exponential() {
    return Combinators.combine(
            Arbitraries.integers().between(-2, 4),
            buckets(-WIDEST),
            buckets(-WIDEST),
            Arbitraries.of(0.0, 0.001, 0.4, 3.0),
            Arbitraries.integers().between(0, 50))
        .as((schema, positive, negative, threshold, zero) ->
            plus(
                histogram(schema, positive, negative, 0, 0, NONE),
                histogram(schema, Buckets.NONE, Buckets.NONE, threshold, zero, NONE)));
  }

  @Provide
  Arbitrary<Histogram> custom() {
    Arbitrary<double[]> bounds =
        Arbitraries.integers()
            .between(-5, 8)
            .set()
            .ofMaxSize(6)
            .map(set -> new TreeSet<>(set).stream().mapToDouble(i -> i).toArray());
    Arbitrary<Integer> counts = Arbitraries.integers().between(0, 20);
    return Combinators.combine(bounds, counts.array(int[].class).ofSize(7))
        .as((limits, all) -> {
          double[] used = new double[limits.length + 1];
          for (int i = 0; i < used.length; i++) used[i] = all[i];
          return histogram(Histogram.CUSTOM, Buckets.from(0, used), Buckets.NONE, 0, 0, limits);
        });
  }

  private static Arbitrary<Buckets> buckets(int lowest) {
    Arbitrary<double[]> counts =
        Arbitraries.integers()
            .between(0, 9)
            .map(i -> (double) i)
            .array(Double[].class)
            .ofMaxSize(12)
            .map(HistogramPropertyTest::unboxed);
    return Combinators.combine(Arbitraries.integers().between(lowest, -lowest), counts)
        .as(Buckets::from);
  }

  private static double[] unboxed(Double[] boxed) {
    double[] values = new double[boxed.length];
    for (int i = 0; i < values.length; i++) values[i] = boxed[i];
    return values;
  }

  private static Histogram histogram(
      int schema, Buckets positive, Buckets negative, double threshold, int zero, double[] bounds) {
    double count = positive.total() + negative.total() + zero;
    return new Histogram(
        schema,
        count,
        3 * count,
        threshold,
        zero,
        positive,
        negative,
        bounds,
        CounterReset.UNKNOWN);
  }

  private static Histogram plus(Histogram a, Histogram b) {
    var sum = new HistogramSum();
    sum.add(a);
    sum.add(b);
    return sum.result();
  }

  @Property
  void adding_and_taking_away_again_changes_nothing_where_the_layout_is_alike(
      @ForAll("exponential") Histogram a, @ForAll("exponential") Histogram other) {
    var b = histogram(a.schema(), other.positive(), other.negative(), a.zeroThreshold(), 7, NONE);
    var sum = new HistogramSum();
    sum.add(a);
    sum.add(b);
    sum.subtract(b);

    assertThat(sum.result()).isEqualTo(a);
  }

  @Property
  void it_does_not_matter_which_is_added_to_which(
      @ForAll("exponential") Histogram a, @ForAll("exponential") Histogram b) {
    assertThat(plus(a, b)).isEqualTo(plus(b, a));
  }

  @Property
  void custom_bounds_that_differ_are_reconciled_from_either_side(
      @ForAll("custom") Histogram a, @ForAll("custom") Histogram b) {
    assertThat(plus(a, b)).isEqualTo(plus(b, a));
    assertThat(plus(a, b).positive().total())
        .isEqualTo(a.positive().total() + b.positive().total());
  }

  @Property
  void no_observation_is_lost_when_zero_buckets_differ(
      @ForAll("exponential") Histogram a,
      @ForAll("exponential") Histogram b,
      @ForAll @DoubleRange(min = 0, max = 50) double threshold) {
    Histogram wide = histogram(b.schema(), Buckets.NONE, Buckets.NONE, threshold, 5, NONE);
    Histogram sum = plus(withoutZero(a), wide);

    assertThat(sum.positive().total() + sum.negative().total() + sum.zeroCount())
        .isEqualTo(sum.count());
    assertThat(sum.zeroThreshold()).isGreaterThanOrEqualTo(threshold);
  }

  @Property
  void reducing_before_adding_is_as_good_as_reducing_after(
      @ForAll("exponential") Histogram a,
      @ForAll("exponential") Histogram b,
      @ForAll @IntRange(min = -4, max = -2) int schema) {
    Histogram bare = withoutZero(a);
    Histogram other = withoutZero(b);

    assertThat(plus(bare.reducedTo(schema), other.reducedTo(schema)))
        .isEqualTo(plus(bare, other).reducedTo(schema));
  }

  private static Histogram withoutZero(Histogram a) {
    return histogram(a.schema(), a.positive(), a.negative(), 0, 0, NONE);
  }

  @Property
  void twice_is_itself_added(@ForAll("exponential") Histogram a) {
    Histogram visible = withoutZero(a);

    assertThat(visible.times(2)).isEqualTo(plus(visible, visible));
    assertThat(visible.times(2).dividedBy(2)).isEqualTo(visible);
  }

  @Property
  void quantiles_rise_with_q(
      @ForAll("exponential") Histogram a,
      @ForAll @DoubleRange(min = 0, max = 1) double p,
      @ForAll @DoubleRange(min = 0, max = 1) double q) {
    Histogram visible = withoutZero(a);
    double low = Estimates.quantile(visible, Math.min(p, q));
    double high = Estimates.quantile(visible, Math.max(p, q));

    boolean none = visible.count() == 0;
    assertThat(Double.isNaN(low)).isEqualTo(none);
    if (!none) assertThat(low).isLessThanOrEqualTo(high + Math.abs(high) * 1e-9);
  }

  @Property
  void the_share_below_a_quantile_is_the_quantile(
      @ForAll("exponential") Histogram a, @ForAll @DoubleRange(min = 0.01, max = 0.99) double q) {
    Histogram visible = withoutZero(a);
    if (visible.count() == 0) return;
    double value = Estimates.quantile(visible, q);

    double below = Estimates.fraction(visible, Double.NEGATIVE_INFINITY, value);

    // where q falls between two buckets, every value in the gap will do
    assertThat(below).isCloseTo(q, within(1e-6));
  }

  @Property
  void what_is_trimmed_away_and_what_remains_are_the_whole(
      @ForAll("exponential") Histogram a, @ForAll @DoubleRange(min = -100, max = 100) double at) {
    double below = a.trimmed(at, true).count();
    double above = a.trimmed(at, false).count();

    assertThat(below + above).isCloseTo(a.count(), within(1e-9 * (1 + a.count())));
  }

  @Property
  void what_grew_has_no_reset_and_what_shrank_has_one(
      @ForAll("exponential") Histogram a, @ForAll("exponential") Histogram b) {
    Histogram before = withoutZero(a);
    Histogram grown = plus(before, withoutZero(b));

    assertThat(grown.isResetAfter(before)).isFalse();
    if (!b.positive().isEmpty()) assertThat(before.isResetAfter(grown)).isTrue();
  }

  @Property
  void what_is_printed_is_read_back(
      @ForAll("exponential") Histogram a, @ForAll("custom") Histogram b) {
    assertThat(HistogramText.parse(a.toString())).isEqualTo(a);
    assertThat(HistogramText.parse(b.toString())).isEqualTo(b);
  }

  @Property
  void a_mean_of_equal_histograms_is_each_of_them(
      @ForAll("exponential") Histogram a, @ForAll @IntRange(min = 1, max = 8) int times) {
    var mean = new HistogramMean();
    for (int i = 0; i < times; i++) mean.add(withoutZero(a));

    assertThat(mean.result()).isEqualTo(withoutZero(a));
  }
}
