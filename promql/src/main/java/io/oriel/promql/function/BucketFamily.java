package io.oriel.promql.function;

import io.oriel.model.Labels;
import io.oriel.promql.expr.Inputs;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.HeldSeries;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The bucket series of one classic histogram: equal in all labels but {@code le}. */
final class BucketFamily {
  private static final String BOUND = "le";

  private record Member(double bound, Column column) {}

  private final Labels labels;
  private final List<Member> members = new ArrayList<>();
  private final Buckets buckets = new Buckets();
  private final BitSet hidden = new BitSet();

  private BucketFamily(Labels labels) {
    this.labels = labels;
  }

  /** The families among the series; one without a readable bound is left out with a warning. */
  static Map<Labels, BucketFamily> group(List<HeldSeries> series, Inputs inputs, int argument) {
    var families = new LinkedHashMap<Labels, BucketFamily>();
    for (HeldSeries held : series) {
      if (!held.column().hasFloats()) continue;
      Double bound = bound(held.labels().valueOf(BOUND));
      if (bound == null) {
        inputs.notes().warn(badBound(held.labels()), inputs.at(argument));
        continue;
      }
      families
          .computeIfAbsent(held.labels().without(Set.of(BOUND)), BucketFamily::new)
          .members
          .add(new Member(bound, held.column()));
    }
    return families;
  }

  private static String badBound(Labels labels) {
    String name = labels.metricName();
    return "bucket label \"le\" is missing or has a malformed value of \""
        + labels.valueOf(BOUND)
        + "\""
        + (name.isEmpty() ? "" : " for metric name \"" + name + "\"");
  }

  private static @org.jspecify.annotations.Nullable Double bound(String text) {
    if (text.equals("+Inf") || text.equalsIgnoreCase("inf")) return Double.POSITIVE_INFINITY;
    if (text.equals("-Inf")) return Double.NEGATIVE_INFINITY;
    try {
      double bound = Double.parseDouble(text);
      boolean javaOnly = text.isBlank() || Character.isLetter(text.charAt(text.length() - 1));
      return javaOnly ? null : (Double) bound;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The labels without the bound, the metric name still among them. */
  Labels labels() {
    return labels;
  }

  String name() {
    return labels.metricName();
  }

  /** Leaves a step out. */
  void hide(int step) {
    hidden.set(step);
  }

  /** Takes the counts at a step; false when no bucket has one. */
  boolean read(int step) {
    buckets.clear();
    if (hidden.get(step)) return false;
    for (Member member : members) {
      if (member.column.has(step)) buckets.add(member.bound, member.column.get(step));
    }
    return !buckets.isEmpty();
  }

  /** The buckets as they were read last. */
  Buckets buckets() {
    return buckets;
  }
}
