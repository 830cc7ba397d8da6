package io.oriel.promql.eval;

import io.oriel.model.histogram.BucketWalk;
import io.oriel.model.histogram.Histogram;
import io.oriel.promql.expr.GoNumber;

/** A native histogram as one text: {@code {count:4, sum:5, [-1,1]:1, (1,2]:3}}. */
final class NativeText {
  private NativeText() {}

  static String of(Histogram histogram) {
    var text = new StringBuilder("{count:").append(GoNumber.general(histogram.count()));
    text.append(", sum:").append(GoNumber.general(histogram.sum()));
    var walk = BucketWalk.up(histogram);
    while (walk.next()) {
      if (walk.count() == 0) continue;
      text.append(", ").append(walk.holdsLower() ? '[' : '(');
      text.append(GoNumber.general(walk.lower())).append(',');
      text.append(GoNumber.general(walk.upper())).append(walk.holdsUpper() ? ']' : ')');
      text.append(':').append(GoNumber.general(walk.count()));
    }
    return text.append('}').toString();
  }
}
