package io.oriel.receive.otlp;

import io.oriel.wire.otlp.MetricHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

/**
 * Names of metrics and labels by a strategy. Thread-safe.
 *
 * <p>Source: Prometheus' {@code otlptranslator}, {@code metric_namer.go} and {@code
 * label_namer.go}.
 */
final class Names {
  private static final int MOST_KEPT = 4096; // labels; a sender has few
  private static final int LONGEST_KEPT = 128;

  private final TranslationStrategy strategy;
  private final Map<String, String> labels = new ConcurrentHashMap<>(); // by attribute

  Names(TranslationStrategy strategy) {
    this.strategy = strategy;
  }

  /** The name of a metric; empty where nothing is left of it. */
  String metric(MetricHead metric) {
    String name;
    if (!strategy.escapes()) {
      name = strategy.suffixes() ? withSuffixes(metric) : metric.name();
    } else if (strategy.suffixes()) {
      name = escapedWithSuffixes(metric);
    } else {
      name = digitFirst(String.join("_", parts(metric.name(), c -> isPlain(c) || c == '_')), "_");
    }
    boolean isNothing = name.chars().allMatch(c -> c == '_') && !name.equals(metric.name());
    return isNothing ? "" : name;
  }

  private static boolean isCounter(MetricHead metric) {
    return metric.kind() == MetricHead.Kind.SUM && metric.monotonic();
  }

  private static boolean isRatio(MetricHead metric) {
    return metric.kind() == MetricHead.Kind.GAUGE && metric.unit().equals("1");
  }

  private static String escapedWithSuffixes(MetricHead metric) {
    List<String> parts = new ArrayList<>(parts(metric.name(), Names::isPlain));
    String main = escapedUnit(Units.main(metric.unit()));
    String per = trimmed(escapedUnit(Units.per(metric.unit())));
    if (per.equals("per") || parts.contains(per)) per = "";
    if (parts.contains(main)) main = "";
    if (!per.isEmpty()) main = trimmed(main);
    if (!main.isEmpty()) parts.add(main);
    if (!per.isEmpty()) parts.add(per);
    if (isCounter(metric)) last(parts, "total");
    if (isRatio(metric)) last(parts, "ratio");
    return digitFirst(String.join("_", parts), "_");
  }

  private static void last(List<String> parts, String word) {
    parts.removeIf(word::equals);
    parts.add(word);
  }

  private static String trimmed(String unit) {
    return unit.endsWith("_") ? unit.substring(0, unit.length() - 1) : unit;
  }

  /** A unit in signs that a plain name may have, without underscores side by side or first. */
  static String escapedUnit(String unit) {
    String escaped = escaped(unit, Names::isPlain);
    return escaped.startsWith("_") ? escaped.substring(1) : escaped;
  }

  private static String withSuffixes(MetricHead metric) {
    String per = Units.per(metric.unit());
    String main = Units.main(metric.unit());
    String name = metric.name();
    if (isRatio(metric)) name = without(name, "ratio");
    if (isCounter(metric)) name = without(name, "total");
    if (!per.isEmpty()) name = without(name, per);
    if (!main.isEmpty() && !name.endsWith(main)) name += "_" + main;
    if (!per.isEmpty()) name += "_" + per;
    if (isCounter(metric)) name += "_total";
    return isRatio(metric) ? name + "_ratio" : name;
  }

  private static String without(String name, String suffix) {
    boolean has = name.endsWith(suffix) && name.length() > suffix.length() + 1;
    return has ? name.substring(0, name.length() - suffix.length() - 1) : name;
  }

  /** The name of a label; empty where nothing is left of it. */
  String label(String attribute) {
    String known = labels.get(attribute);
    if (known != null) return known;
    String name = made(attribute);
    boolean isKept = attribute.length() <= LONGEST_KEPT && labels.size() < MOST_KEPT;
    if (isKept) labels.put(attribute, name);
    return name;
  }

  private String made(String attribute) {
    String name = attribute;
    if (strategy.escapes()) {
      boolean isReserved = attribute.startsWith("__") && attribute.endsWith("__");
      name =
          isReserved
              ? attribute.replaceAll("[^a-zA-Z0-9_]", "_")
              : escaped(attribute, Names::isLetterOrDigit);
      name = digitFirst(name, "key_");
    }
    return name.chars().allMatch(c -> c == '_') ? "" : name;
  }

  private static String digitFirst(String name, String before) {
    boolean isDigit = !name.isEmpty() && name.charAt(0) >= '0' && name.charAt(0) <= '9';
    return isDigit ? before + name : name;
  }

  /** Each run of other signs, underscores among them, becomes one underscore. */
  private static String escaped(String text, IntPredicate isKept) {
    var escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isKept.test(c)) escaped.appendCodePoint(c);
      else if (escaped.isEmpty() || escaped.charAt(escaped.length() - 1) != '_') {
        escaped.append('_');
      }
    }
    return escaped.toString();
  }

  private static List<String> parts(String text, IntPredicate isKept) {
    var parts = new ArrayList<String>();
    var part = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isKept.test(c)) {
        part.append(c);
      } else if (!part.isEmpty()) {
        parts.add(part.toString());
        part.setLength(0);
      }
    }
    if (!part.isEmpty()) parts.add(part.toString());
    return parts;
  }

  private static boolean isLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isPlain(int c) {
    return isLetterOrDigit(c) || c == ':';
  }
}
