package io.oriel.engines.prometheus;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads a native histogram from an answer. The answer has the bounds of each filled bucket, not
 * their schema: that is found again by how far the bounds of a bucket lie apart.
 */
final class HistogramReader {
  /** How bounds belong to a bucket, as the API numbers it: 3 = both do, the zero bucket. */
  private record Bucket(int rule, double lower, double upper, double count) {
    boolean isZero() {
      return rule == 3 || (lower <= 0 && upper >= 0 && lower == -upper);
    }
  }

  private HistogramReader() {}

  /** Reads the object that comes next. */
  static Histogram read(JsonParser json) throws IOException {
    double count = 0;
    double sum = 0;
    List<Bucket> buckets = new ArrayList<>();
    if (json.nextToken() != JsonToken.START_OBJECT)
      throw new IOException("a histogram is no object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "count" -> count = ResultReader.number(json.getText());
        case "sum" -> sum = ResultReader.number(json.getText());
        case "buckets" -> buckets = buckets(json);
        default -> json.skipChildren();
      }
    }
    return of(count, sum, buckets);
  }

  private static List<Bucket> buckets(JsonParser json) throws IOException {
    var all = new ArrayList<Bucket>();
    while (json.nextToken() == JsonToken.START_ARRAY) {
      json.nextToken();
      int rule = json.getIntValue();
      json.nextToken();
      double lower = ResultReader.number(json.getText());
      json.nextToken();
      double upper = ResultReader.number(json.getText());
      json.nextToken();
      all.add(new Bucket(rule, lower, upper, ResultReader.number(json.getText())));
      json.nextToken();
    }
    return all;
  }

  private static Histogram of(double count, double sum, List<Bucket> buckets) {
    int schema = schema(buckets);
    if (schema == Histogram.CUSTOM) return custom(count, sum, buckets);
    double threshold = 0;
    double zeroCount = 0;
    var positive = new ArrayList<Bucket>();
    var negative = new ArrayList<Bucket>();
    for (Bucket each : buckets) {
      if (each.isZero()) {
        threshold = each.upper();
        zeroCount = each.count();
      } else if (each.lower() >= 0) positive.add(each);
      else negative.add(new Bucket(each.rule(), -each.upper(), -each.lower(), each.count()));
    }
    return new Histogram(
        schema,
        count,
        sum,
        threshold,
        zeroCount,
        side(positive, schema),
        side(negative, schema),
        new double[0],
        CounterReset.UNKNOWN);
  }

  /** The schema whose buckets are as wide as these; {@link Histogram#CUSTOM} where none is. */
  private static int schema(List<Bucket> buckets) {
    int found = Integer.MIN_VALUE;
    for (Bucket each : buckets) {
      if (each.isZero()) continue;
      double near = Math.min(Math.abs(each.lower()), Math.abs(each.upper()));
      double far = Math.max(Math.abs(each.lower()), Math.abs(each.upper()));
      if (near == 0 || Double.isInfinite(far)) return Histogram.CUSTOM;
      double exact = -Math.log(Math.log(far / near) / Math.log(2)) / Math.log(2);
      int schema = (int) Math.rint(exact);
      boolean fits = Math.abs(exact - schema) < 1e-6 && schema >= -4 && schema <= 8;
      if (!fits || (found != Integer.MIN_VALUE && found != schema)) return Histogram.CUSTOM;
      found = schema;
    }
    return found == Integer.MIN_VALUE ? 0 : found;
  }

  private static Buckets side(List<Bucket> buckets, int schema) {
    buckets.sort(Comparator.comparingDouble(Bucket::upper));
    int[] indexes = new int[buckets.size()];
    double[] counts = new double[buckets.size()];
    for (int i = 0; i < indexes.length; i++) {
      double log2 = Math.log(buckets.get(i).upper()) / Math.log(2);
      indexes[i] = (int) Math.rint(Math.scalb(log2, schema));
      counts[i] = buckets.get(i).count();
    }
    return new Buckets(indexes, counts);
  }

  /** Bounds that follow no schema; where two buckets are apart, an empty one is between. */
  private static Histogram custom(double count, double sum, List<Bucket> buckets) {
    var bounds = new ArrayList<Double>();
    var indexes = new ArrayList<Integer>();
    for (Bucket each : buckets) {
      double last = bounds.isEmpty() ? Double.NEGATIVE_INFINITY : bounds.getLast();
      if (each.lower() > last && !Double.isInfinite(each.lower())) bounds.add(each.lower());
      indexes.add(bounds.size());
      if (!Double.isInfinite(each.upper())) bounds.add(each.upper());
    }
    return new Histogram(
        Histogram.CUSTOM,
        count,
        sum,
        0,
        0,
        new Buckets(
            indexes.stream().mapToInt(Integer::intValue).toArray(),
            buckets.stream().mapToDouble(Bucket::count).toArray()),
        Buckets.NONE,
        bounds.stream().mapToDouble(Double::doubleValue).toArray(),
        CounterReset.UNKNOWN);
  }
}
