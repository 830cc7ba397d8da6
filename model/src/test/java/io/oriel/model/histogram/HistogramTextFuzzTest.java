package io.oriel.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random mutations of histograms' texts, by a seed: read, or refused with a reason. */
class HistogramTextFuzzTest {
  private static final List<String> SEEDS =
      List.of(
          "{{schema:1 count:12 sum:-1.5e3 z_bucket:2 z_bucket_w:0.001 buckets:[1 2 0] offset:-1}}",
          "{{schema:-53 count:4 sum:NaN custom_values:[5 10] buckets:[1 2 1]}}",
          "{{n_buckets:[.5 Inf] n_offset:3 counter_reset_hint:not_reset}}");
  private static final String SIGNS = "{}[]:_-+. e0193naifxyz\t";
  private static final int TRIES = 20_000;

  @Test
  void any_text_is_read_or_refused_and_what_is_read_prints_as_it_reads() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    int read = 0;
    for (int i = 0; i < TRIES; i++) {
      String text = mutated(SEEDS.get(random.nextInt(SEEDS.size())), random);
      Histogram histogram;
      try {
        histogram = HistogramText.parse(text);
      } catch (IllegalArgumentException refused) {
        assertThat(refused.getMessage()).isNotBlank();
        continue;
      }
      read++;
      assertThat(HistogramText.parse(histogram.toString()))
          .as("seed %s: %s", seed, text)
          .isEqualTo(histogram);
    }
    assertThat(read).isPositive();
  }

  private static String mutated(String seed, Random random) {
    var text = new StringBuilder(seed);
    for (int change = random.nextInt(4); change >= 0; change--) {
      int at = random.nextInt(text.length());
      char sign = SIGNS.charAt(random.nextInt(SIGNS.length()));
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, sign);
        case 1 -> text.insert(at, sign);
        default -> text.deleteCharAt(at);
      }
    }
    return text.toString();
  }
}
