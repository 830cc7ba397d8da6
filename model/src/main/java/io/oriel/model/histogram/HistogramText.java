package io.oriel.model.histogram;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Histograms in the notation of Prometheus' test files, keys in any order, what is zero left out:
 *
 * <pre>
 *   {{schema:1 count:12 sum:18.4 z_bucket:2 z_bucket_w:0.001 buckets:[1 2 0 1] n_buckets:[1]}}
 *   {{schema:-53 count:4 sum:5 custom_values:[5 10] buckets:[1 2 1]}}
 * </pre>
 */
public final class HistogramText {
  private static final Pattern PAIR = Pattern.compile("\\s*([a-z_]+):(\\[[^\\]]*]|[^\\s\\[\\]]+)");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");
  private static final int FARTHEST = 1_000_000; // index; no value is beyond the 275,000th bucket

  private HistogramText() {}

  /**
   * Reads one histogram, braces included.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  public static Histogram parse(String text) {
    if (!text.startsWith("{{") || !text.endsWith("}}") || text.length() < 4) {
      throw new IllegalArgumentException("a histogram stands in {{ and }}: " + text);
    }
    Map<String, String> pairs = pairs(text);
    int schema = whole(pairs, "schema");
    boolean custom = schema == Histogram.CUSTOM;
    if (!custom && (schema < Histogram.COARSEST || schema > Histogram.FINEST)) {
      throw new IllegalArgumentException("no schema of histograms: " + schema);
    }
    var histogram =
        new Histogram(
            schema,
            number(pairs, "count"),
            number(pairs, "sum"),
            number(pairs, "z_bucket_w"),
            number(pairs, "z_bucket"),
            Buckets.from(whole(pairs, "offset"), numbers(pairs, "buckets")),
            Buckets.from(whole(pairs, "n_offset"), numbers(pairs, "n_buckets")),
            bounds(pairs),
            reset(pairs));
    if (!pairs.isEmpty()) throw new IllegalArgumentException("unknown in histogram: " + pairs);
    check(histogram);
    return histogram;
  }

  private static Map<String, String> pairs(String text) {
    String inside = text.substring(2, text.length() - 2).strip();
    var pairs = new HashMap<String, String>();
    Matcher pair = PAIR.matcher(inside);
    int at = 0;
    while (at < inside.length()) {
      if (!pair.find(at) || pair.start() != at) {
        throw new IllegalArgumentException("no key and value: " + inside.substring(at));
      }
      if (pairs.put(pair.group(1), pair.group(2)) != null) {
        throw new IllegalArgumentException(pair.group(1) + " comes twice: " + text);
      }
      at = pair.end();
    }
    return pairs;
  }

  private static int whole(Map<String, String> pairs, String key) {
    String text = pairs.remove(key);
    if (text == null) return 0;
    if (!text.matches("[+-]?\\d{1,7}") || Math.abs(Integer.parseInt(text)) > FARTHEST) {
      throw new IllegalArgumentException("no whole number for " + key + ": " + text);
    }
    return Integer.parseInt(text);
  }

  private static double number(Map<String, String> pairs, String key) {
    String text = pairs.remove(key);
    return text == null ? 0 : number(text);
  }

  private static double number(String text) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String size = signed ? text.substring(1) : text;
    double sign = text.startsWith("-") ? -1 : 1;
    if (size.equalsIgnoreCase("inf")) return sign * Double.POSITIVE_INFINITY;
    if (size.equalsIgnoreCase("nan")) return Double.NaN;
    if (!NUMBER.matcher(text).matches()) throw new IllegalArgumentException("no number: " + text);
    return Double.parseDouble(text) + 0.0; // no -0: it is left out when printed
  }

  private static double[] numbers(Map<String, String> pairs, String key) {
    String text = pairs.remove(key);
    if (text == null) return new double[0];
    if (!text.startsWith("[")) throw new IllegalArgumentException("no list for " + key);
    String inside = text.substring(1, text.length() - 1).strip();
    if (inside.isEmpty()) return new double[0];
    String[] parts = inside.split("\\s+", -1);
    double[] numbers = new double[parts.length];
    for (int i = 0; i < parts.length; i++) numbers[i] = number(parts[i]);
    return numbers;
  }

  private static double[] bounds(Map<String, String> pairs) {
    double[] bounds = numbers(pairs, "custom_values");
    for (int i = 1; i < bounds.length; i++) {
      if (!(bounds[i] > bounds[i - 1])) throw new IllegalArgumentException("bounds don't rise");
    }
    return bounds;
  }

  private static CounterReset reset(Map<String, String> pairs) {
    String word = pairs.remove("counter_reset_hint");
    if (word == null) return CounterReset.UNKNOWN;
    for (CounterReset reset : CounterReset.values()) if (reset.word().equals(word)) return reset;
    throw new IllegalArgumentException("no counter reset hint: " + word);
  }

  private static void check(Histogram histogram) {
    boolean hasBounds = histogram.customBounds().length > 0;
    if (hasBounds && !histogram.custom()) {
      throw new IllegalArgumentException("custom bounds need schema " + Histogram.CUSTOM);
    }
    for (int index : histogram.positive().indexes()) {
      if (histogram.custom() && (index < 0 || index > histogram.customBounds().length)) {
        throw new IllegalArgumentException("bucket " + index + " has no bound");
      }
    }
  }

  /** The text that {@link #parse} reads back; a gap between buckets is written as zeros. */
  static String print(Histogram histogram) {
    var text = new StringBuilder("{{");
    if (histogram.schema() != 0) append(text, "schema", String.valueOf(histogram.schema()));
    append(text, "count", histogram.count());
    append(text, "sum", histogram.sum());
    append(text, "z_bucket", histogram.zeroCount());
    append(text, "z_bucket_w", histogram.zeroThreshold());
    if (histogram.custom()) append(text, "custom_values", list(histogram.customBounds()));
    if (histogram.reset() != CounterReset.UNKNOWN) {
      append(text, "counter_reset_hint", histogram.reset().word());
    }
    append(text, "", histogram.positive());
    append(text, "n_", histogram.negative());
    return text.append("}}").toString();
  }

  private static void append(StringBuilder text, String prefix, Buckets buckets) {
    if (buckets.isEmpty()) return;
    int first = buckets.indexes()[0];
    if (first != 0) append(text, prefix + "offset", String.valueOf(first));
    double[] counts = new double[buckets.indexes()[buckets.size() - 1] - first + 1];
    for (int i = 0; i < buckets.size(); i++) {
      counts[buckets.indexes()[i] - first] = buckets.counts()[i];
    }
    append(text, prefix + "buckets", list(counts));
  }

  private static void append(StringBuilder text, String key, double value) {
    if (value != 0) append(text, key, text(value));
  }

  private static void append(StringBuilder text, String key, String value) {
    if (text.length() > 2) text.append(' ');
    text.append(key).append(':').append(value);
  }

  private static String list(double[] values) {
    var text = new StringBuilder("[");
    for (int i = 0; i < values.length; i++) text.append(i == 0 ? "" : " ").append(text(values[i]));
    return text.append(']').toString();
  }

  private static String text(double value) {
    if (Double.isInfinite(value)) return value > 0 ? "Inf" : "-Inf";
    String text = String.valueOf(value).toLowerCase(Locale.ROOT);
    if (Double.isNaN(value)) return "NaN";
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
