package io.oriel.server.http.prometheus;

import io.oriel.model.histogram.BucketWalk;
import io.oriel.model.histogram.Histogram;
import io.oriel.server.http.JsonOut;
import java.io.IOException;

/**
 * A native histogram in the shape of Prometheus' API: count, sum, and each bucket that holds
 * something as {@code [boundaries, "lower", "upper", "count"]}. The first number says which bounds
 * are inside: 0 the upper, 1 the lower, 2 neither, 3 both.
 *
 * <p>Source: Prometheus, {@code util/jsonutil/marshal.go}.
 */
final class HistogramJson {
  private HistogramJson() {}

  static void write(JsonOut out, Histogram histogram) throws IOException {
    out.object().name("count").number(histogram.count());
    out.name("sum").number(histogram.sum());
    boolean any = false;
    for (BucketWalk walk = BucketWalk.up(histogram); walk.next(); ) {
      if (walk.count() == 0) continue;
      if (!any) out.name("buckets").array();
      any = true;
      out.array()
          .value(boundaries(walk))
          .number(walk.lower())
          .number(walk.upper())
          .number(walk.count())
          .end();
    }
    if (any) out.end();
    out.end();
  }

  private static int boundaries(BucketWalk walk) {
    if (walk.holdsLower()) return walk.holdsUpper() ? 3 : 1;
    return walk.holdsUpper() ? 0 : 2;
  }
}
