package io.oriel.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Stale;
import org.junit.jupiter.api.Test;

class HistogramRulesTest {
  private static final double[] NO_BOUNDS = {};

  private static Histogram of(double count, double sum, Buckets positive, Buckets negative) {
    return new Histogram(
        0, count, sum, 0.001, 1, positive, negative, NO_BOUNDS, CounterReset.UNKNOWN);
  }

  private static Histogram custom(Buckets positive, double... bounds) {
    return new Histogram(
        Histogram.CUSTOM,
        positive.total(),
        1,
        0,
        0,
        positive,
        Buckets.NONE,
        bounds,
        CounterReset.UNKNOWN);
  }

  private static void refused(Histogram histogram, String why) {
    assertThatThrownBy(() -> HistogramRules.checkWhole(histogram))
        .isInstanceOf(InvalidHistogram.class)
        .hasMessageContaining(why);
  }

  @Test
  void counts_that_add_up_are_accepted() {
    Histogram good = of(6, 12, Buckets.from(0, 2, 1), Buckets.from(3, 2));

    assertThatCode(() -> HistogramRules.checkWhole(good)).doesNotThrowAnyException();
  }

  @Test
  void whole_counts_must_add_up_to_the_count() {
    refused(
        of(7, 12, Buckets.from(0, 2, 1), Buckets.from(3, 2)),
        "6 observations found in buckets, but the Count field is 7: histogram's observation count"
            + " should equal");
    refused(of(5, 12, Buckets.from(0, 2, 1), Buckets.from(3, 2)), "should equal");
  }

  @Test
  void where_no_number_was_observed_the_count_may_be_larger_but_not_smaller() {
    Histogram larger = of(7, Double.NaN, Buckets.from(0, 2, 1), Buckets.from(3, 2));

    assertThatCode(() -> HistogramRules.checkWhole(larger)).doesNotThrowAnyException();
    refused(of(5, Double.NaN, Buckets.from(0, 2, 1), Buckets.from(3, 2)), "at least");
  }

  @Test
  void fractions_need_not_add_up() {
    Histogram rounded = of(0.3, 1, Buckets.from(0, 0.1, 0.2), Buckets.NONE);

    assertThatCode(() -> HistogramRules.check(rounded)).doesNotThrowAnyException();
  }

  @Test
  void a_negative_count_is_refused_wherever_it_stands() {
    refused(of(2, 1, Buckets.from(0, 2, -1), Buckets.NONE), "positive side: bucket number 2");
    refused(of(2, 1, Buckets.NONE, Buckets.from(0, -1)), "negative side: bucket number 1");
    refused(of(-1, 1, Buckets.NONE, Buckets.NONE), "observation count is -1.0");
  }

  @Test
  void a_schema_without_buckets_is_refused() {
    for (int schema : new int[] {-5, 9, -52, -54}) {
      refused(
          new Histogram(
              schema, 0, 0, 0, 0, Buckets.NONE, Buckets.NONE, NO_BOUNDS, CounterReset.UNKNOWN),
          "between -4 and 8");
    }
  }

  @Test
  void custom_bounds_must_rise_be_finite_and_cover_all_buckets() {
    assertThatCode(() -> HistogramRules.checkWhole(custom(Buckets.from(0, 1, 2, 3), 1, 2)))
        .doesNotThrowAnyException();
    refused(custom(Buckets.from(0, 1), 2, 2), "strictly increasing");
    refused(custom(Buckets.from(0, 1), 2, Double.POSITIVE_INFINITY), "must be finite");
    refused(custom(Buckets.from(0, 1, 1, 1, 1), 1, 2), "too few");
    refused(custom(Buckets.from(-1, 1), 1, 2), "too few");
  }

  @Test
  void a_histogram_with_more_buckets_than_a_page_holds_is_refused() {
    double[] counts = new double[HistogramRules.MOST_BUCKETS + 1];
    java.util.Arrays.fill(counts, 1);

    refused(of(counts.length + 1, 1, Buckets.from(0, counts), Buckets.NONE), "above the limit");
  }

  @Test
  void a_stale_marker_is_no_broken_histogram() {
    var marker =
        new Histogram(
            0, 0, Stale.MARKER, 0, 0, Buckets.NONE, Buckets.NONE, NO_BOUNDS, CounterReset.UNKNOWN);

    assertThatCode(() -> HistogramRules.checkWhole(marker)).doesNotThrowAnyException();
  }

  @Test
  void spans_become_buckets_without_the_empty_ones() throws InvalidHistogram {
    Buckets buckets =
        HistogramRules.ofSpans(
            "positive", new int[] {-2, 3}, new int[] {2, 3}, 2, new double[] {1, 0, 4, 0, 5}, 5);

    assertThat(buckets).isEqualTo(new Buckets(new int[] {-2, 3, 5}, new double[] {1, 4, 5}));
  }

  @Test
  void spans_that_go_back_or_cover_another_number_of_counts_are_refused() {
    double[] counts = {1, 2};

    assertThatThrownBy(() ->
            HistogramRules.ofSpans("negative", new int[] {0, -1}, new int[] {1, 1}, 2, counts, 2))
        .hasMessage(
            "negative side: span number 2 with offset -1: histogram has a span whose offset is"
                + " negative");
    assertThatThrownBy(
            () -> HistogramRules.ofSpans("positive", new int[] {0}, new int[] {3}, 1, counts, 2))
        .hasMessageContaining("spans need 3 buckets, have 2 buckets");
    assertThatThrownBy(
            () -> HistogramRules.ofSpans("positive", new int[] {0}, new int[] {-1}, 1, counts, 2))
        .hasMessageContaining("spans need 4294967295 buckets");
  }
}
