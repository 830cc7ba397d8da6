package io.oriel.engines.prometheus;

import io.oriel.model.Labels;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.histogram.HistogramText;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Native histograms of every shape, and what a Prometheus 2.42 said of them is recorded beside. Of
 * a zero bucket that holds nothing an answer does not tell the width.
 */
enum RecordedHistogram {
  BOTH_SIDES(
      "{{schema:1 count:16 sum:18.4 z_bucket:2 z_bucket_w:0.001 buckets:[1 2 0 4] n_offset:-2 n_buckets:[3 0 0 4]}}"),
  FINEST("{{schema:8 count:6 sum:6.1 offset:3 buckets:[1 2 3]}}"),
  COARSEST("{{schema:-4 count:7 sum:1e9 offset:-2 buckets:[1 0 2 4]}}"),
  SMALL_VALUES("{{schema:3 count:3 sum:1e-9 offset:-240 buckets:[1 1 1]}}"),
  LARGE_VALUES("{{schema:0 count:3 sum:1e300 offset:1000 buckets:[1 0 2]}}"),
  NEGATIVE_ALONE("{{schema:2 count:5 sum:-30 n_offset:7 n_buckets:[5]}}"),
  ZERO_ALONE("{{schema:0 count:9 sum:0 z_bucket:9 z_bucket_w:0.25}}"),
  NOTHING("{{schema:0 count:0 sum:0}}"),
  MANY_BUCKETS(many());

  static final Path FOLDER = Path.of("src/test/resources/prometheus");

  private final String text;

  RecordedHistogram(String text) {
    this.text = text;
  }

  private static String many() {
    var buckets = new StringBuilder();
    for (int i = 0; i < 160; i++) buckets.append(i == 0 ? "" : " ").append(1 + i % 7);
    int count = 0;
    for (int i = 0; i < 160; i++) count += 1 + i % 7;
    return "{{schema:4 count:%d sum:5000 offset:-80 buckets:[%s]}}".formatted(count, buckets);
  }

  Histogram histogram() {
    return HistogramText.parse(text);
  }

  /** What is read of an answer. */
  Histogram readBack() {
    return histogram();
  }

  Labels labels() {
    return Labels.of(Labels.NAME, "recorded", "kind", name());
  }

  String query() {
    return "recorded{kind=\"" + name() + "\"}";
  }

  String file() {
    return name().toLowerCase(Locale.ROOT) + ".json";
  }
}
