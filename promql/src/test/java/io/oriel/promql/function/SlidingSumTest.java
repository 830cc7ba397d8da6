package io.oriel.promql.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.promql.series.Steps;
import io.oriel.promql.series.Windows;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlidingSumTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 20, 33, 100, 999})
  void a_sliding_sum_is_as_good_as_one_without_rounding(long rangeMs) {
    var random = new Random(rangeMs);
    var samples = new SampleColumns();
    for (int t = 0; t < 2000; t++) {
      if (random.nextInt(5) > 0) samples.add(t, random.nextGaussian() * Math.pow(10, t % 17));
    }
    var windows =
        new Windows(
            new Windows.Frame(new Steps(0, 7, 290), rangeMs, 0, false, 0, Windows.Margin.NONE));
    windows.over(Labels.EMPTY, samples);
    var sum = new SlidingSum(samples);

    int seen = 0;
    while (windows.next()) {
      sum.slideTo(windows);
      double exact = exact(samples, windows.from(), windows.to());
      assertThat(sum.exact()).isCloseTo(exact, within(Math.abs(exact) * 1e-14));
      seen++;
    }

    assertThat(seen).isGreaterThan(200);
  }

  private static double exact(SampleColumns samples, int from, int to) {
    var sum = BigDecimal.ZERO;
    for (int i = from; i < to; i++) sum = sum.add(new BigDecimal(samples.values[i]));
    return sum.doubleValue();
  }
}
