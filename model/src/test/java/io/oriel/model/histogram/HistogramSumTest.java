package io.oriel.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class HistogramSumTest {
  private static Histogram of(String text) {
    return HistogramText.parse(text);
  }

  private static HistogramSum sum(String... texts) {
    var sum = new HistogramSum();
    for (String text : texts) assertThat(sum.add(of(text))).isTrue();
    return sum;
  }

  @Test
  void folding_histograms_of_equal_buckets_allocates_nothing() {
    Histogram one = of("{{schema:3 count:9 sum:4 z_bucket:1 z_bucket_w:0.1 buckets:[1 2 3 2]}}");
    var sum = new HistogramSum();
    for (int i = 0; i < 20_000; i++) sum.add(one);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10_000; i++) sum.add(one);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).isLessThan(10_000); // not even a byte a histogram
    assertThat(sum.result().count()).isEqualTo(30_000 * 9);
  }

  @Test
  void the_finer_schema_becomes_the_coarser() {
    var sum = sum("{{schema:1 count:3 buckets:[1 1 1]}}", "{{count:4 buckets:[1 2 1]}}");

    assertThat(sum.result()).isEqualTo(of("{{count:7 buckets:[2 4 1]}}"));
  }

  @Test
  void the_wider_zero_bucket_swallows_buckets_and_grows_to_the_end_of_one_that_it_would_cut() {
    var sum =
        sum("{{count:6 buckets:[1 2 3] offset:-1}}", "{{count:1 z_bucket:1 z_bucket_w:0.75}}");

    assertThat(sum.result())
        .isEqualTo(of("{{count:7 z_bucket:4 z_bucket_w:1 buckets:[3] offset:1}}"));
  }

  @Test
  void what_the_zero_bucket_swallows_is_not_counted_in_a_coarser_bucket_again() {
    var sum =
        sum(
            "{{schema:-1 count:5 z_bucket:1 z_bucket_w:0.5 buckets:[4] offset:1}}",
            "{{schema:1 count:7 buckets:[4 3] offset:-2}}");

    // of (0.35, 0.5] and (0.5, 0.71] the first lies within the zero bucket
    assertThat(sum.result())
        .isEqualTo(of("{{schema:-1 count:12 z_bucket:5 z_bucket_w:0.5 buckets:[3 4]}}"));
  }

  @Test
  void a_quantile_lies_in_the_bucket_that_holds_its_rank_also_where_NaN_was_observed() {
    Histogram histogram = of("{{count:20 sum:NaN buckets:[8 9] offset:2}}");

    assertThat(Estimates.quantile(histogram, 0.2)).isCloseTo(Math.pow(2, 1.5), within(1e-12));
    assertThat(Estimates.sawNaN(histogram)).isTrue();
    assertThat(Estimates.quantile(histogram, 0.9)).isNaN();
  }

  @Test
  void of_unlike_custom_bounds_the_common_ones_are_kept() {
    var sum =
        sum(
            "{{schema:-53 count:4 custom_values:[1 5 10] buckets:[1 1 1 1]}}",
            "{{schema:-53 count:3 custom_values:[5 20] buckets:[1 1 1]}}");

    assertThat(sum.reconciled()).isTrue();
    assertThat(sum.result())
        .isEqualTo(of("{{schema:-53 count:7 custom_values:[5] buckets:[3 4]}}"));
  }

  @Test
  void exponential_and_custom_buckets_are_not_added() {
    var sum = sum("{{count:1 buckets:[1]}}");

    assertThat(sum.add(of("{{schema:-53 custom_values:[5]}}"))).isFalse();
    assertThat(sum.result()).isEqualTo(of("{{count:1 buckets:[1]}}"));
  }

  @Test
  void what_rounding_cuts_off_is_carried_along() {
    var sum =
        sum(
            "{{count:1e100 sum:1e100 buckets:[1e100]}}",
            "{{count:1 sum:1 buckets:[1]}}",
            "{{count:-1e100 sum:-1e100 buckets:[-1e100]}}");

    assertThat(sum.result()).isEqualTo(of("{{count:1 sum:1 buckets:[1]}}"));
  }

  @Test
  void hints_of_resets_collide_where_one_saw_a_reset_and_another_none() {
    var sum = sum("{{counter_reset_hint:reset}}", "{{counter_reset_hint:not_reset}}");

    assertThat(sum.resetsCollide()).isTrue();
    assertThat(sum.result().reset()).isEqualTo(CounterReset.UNKNOWN);
    assertThat(sum("{{counter_reset_hint:gauge}}", "{{}}").result().reset())
        .isEqualTo(CounterReset.GAUGE);
  }

  @Test
  void a_mean_whose_sum_would_overflow_is_found_all_the_same() {
    Histogram huge = of("{{count:1.7e308 sum:1 buckets:[1.7e308]}}");
    var mean = new HistogramMean();

    for (int i = 0; i < 4; i++) mean.add(huge);

    assertThat(mean.result().count()).isCloseTo(1.7e308, withinPercentage(1e-12));
    assertThat(mean.result().positive().total()).isCloseTo(1.7e308, withinPercentage(1e-12));
  }

  @Test
  void what_can_not_be_read_is_refused_with_a_reason() {
    assertThatThrownBy(() -> of("{{schema:9}}")).hasMessageContaining("no schema");
    assertThatThrownBy(() -> of("{{count:1 count:2}}")).hasMessageContaining("comes twice");
    assertThatThrownBy(() -> of("{{size:1}}")).hasMessageContaining("unknown");
    assertThatThrownBy(() -> of("{{count:1d}}")).hasMessageContaining("no number");
    assertThatThrownBy(() -> of("{{schema:-53 custom_values:[2 1]}}")).hasMessageContaining("rise");
    assertThatThrownBy(() -> of("{{schema:-53 buckets:[1 2]}}")).hasMessageContaining("no bound");
  }

  @Test
  void the_last_bucket_before_infinity_ends_at_the_largest_number() {
    assertThat(BucketBounds.upper(0, 1024)).isEqualTo(Double.MAX_VALUE);
    assertThat(BucketBounds.upper(0, 1025)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(BucketBounds.upper(-4, 64)).isEqualTo(Double.MAX_VALUE);
    assertThat(BucketBounds.upper(3, -8)).isEqualTo(0.5);
    assertThat(BucketBounds.upper(1, 1)).isEqualTo(Math.sqrt(2));
  }
}
