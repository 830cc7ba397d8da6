package io.oriel.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a series: label names and values, sorted by name, each name once. Immutable.
 *
 * <p>A label with an empty value is the same as no label, so none is kept (Prometheus' rule). The
 * metric name is the value of {@link #NAME}.
 */
public final class Labels implements Comparable<Labels> {
  /** The label that carries the metric name. */
  public static final String NAME = "__name__";

  public static final Labels EMPTY = new Labels(new String[0]);

  private final String[] pairs; // name, value, name, value...; sorted by name
  private int hash; // 0 = not computed yet; racing threads compute the same

  private Labels(String[] sortedPairs) {
    this.pairs = sortedPairs;
  }

  /**
   * Labels from names and values in turn, in any order.
   *
   * @throws IllegalArgumentException when a name comes twice or a value is missing
   */
  public static Labels of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "a label name without a value: " + namesAndValues[namesAndValues.length - 1]);
    }
    var builder = new Builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (builder.get(namesAndValues[i]) != null) {
        throw new IllegalArgumentException("label " + namesAndValues[i] + " comes twice");
      }
      builder.set(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  public static Labels of(Map<String, String> labels) {
    var builder = new Builder();
    labels.forEach(builder::set);
    return builder.build();
  }

  /**
   * Labels from pairs that are already sorted by name, without empty values and without repeats:
   * the fast way for stores and parsers that keep that order. The array is not copied.
   */
  public static Labels ofSorted(String[] pairs) {
    assert isSorted(pairs) : Arrays.toString(pairs);
    return pairs.length == 0 ? EMPTY : new Labels(pairs);
  }

  private static boolean isSorted(String[] pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i + 1].isEmpty()) return false;
      if (i > 0 && pairs[i - 2].compareTo(pairs[i]) >= 0) return false;
    }
    return pairs.length % 2 == 0;
  }

  /** How many labels there are. */
  public int size() {
    return pairs.length / 2;
  }

  public boolean isEmpty() {
    return pairs.length == 0;
  }

  public String nameAt(int i) {
    return pairs[2 * i];
  }

  public String valueAt(int i) {
    return pairs[2 * i + 1];
  }

  /** The value of a label, null where there is no such label. */
  public @Nullable String get(String name) {
    int at = indexOf(name);
    return at < 0 ? null : pairs[2 * at + 1];
  }

  /** The value of a label, empty where there is no such label: as matchers see it. */
  public String valueOf(String name) {
    String value = get(name);
    return value == null ? "" : value;
  }

  /** The metric name, empty where there is none. */
  public String metricName() {
    return valueOf(NAME);
  }

  private int indexOf(String name) {
    int low = 0;
    int high = size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = pairs[2 * middle].compareTo(name);
      if (order == 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return -(low + 1);
  }

  /** These labels with one more, or with another value; an empty value takes the label away. */
  public Labels with(String name, String value) {
    return toBuilder().set(name, value).build();
  }

  /** These labels less the named ones; the same object when none of them is there. */
  public Labels without(Collection<String> names) {
    return filtered(names, false);
  }

  public Labels withoutName() {
    return get(NAME) == null ? this : filtered(Set.of(NAME), false);
  }

  /** Only the named labels; the same object when there are no others. */
  public Labels only(Collection<String> names) {
    return filtered(names, true);
  }

  private Labels filtered(Collection<String> names, boolean keep) {
    var kept = new String[pairs.length];
    int n = 0;
    for (int i = 0; i < pairs.length; i += 2) {
      if (names.contains(pairs[i]) == keep) {
        kept[n++] = pairs[i];
        kept[n++] = pairs[i + 1];
      }
    }
    return n == pairs.length ? this : ofSorted(Arrays.copyOf(kept, n));
  }

  public Builder toBuilder() {
    var builder = new Builder();
    for (int i = 0; i < pairs.length; i += 2) builder.set(pairs[i], pairs[i + 1]);
    return builder;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A copy as a map, in order of the names. */
  public Map<String, String> toMap() {
    var map = new TreeMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) map.put(pairs[i], pairs[i + 1]);
    return map;
  }

  @Override
  public int compareTo(Labels other) {
    int n = Math.min(pairs.length, other.pairs.length);
    for (int i = 0; i < n; i++) {
      int order = pairs[i].compareTo(other.pairs[i]);
      if (order != 0) return order;
    }
    return Integer.compare(pairs.length, other.pairs.length);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Labels labels
            && hashCode() == labels.hashCode()
            && Arrays.equals(pairs, labels.pairs));
  }

  @Override
  public int hashCode() {
    if (hash == 0) hash = Arrays.hashCode(pairs);
    return hash;
  }

  /** As Prometheus writes a series: {@code up{job="node"}}; quotes where a name needs them. */
  @Override
  public String toString() {
    return LabelText.write(this);
  }

  /** Collects labels in any order; a later value replaces an earlier one. Not thread-safe. */
  public static final class Builder {
    private final TreeMap<String, String> labels = new TreeMap<>();

    private Builder() {}

    public Builder set(String name, String value) {
      if (value.isEmpty()) labels.remove(name);
      else labels.put(name, value);
      return this;
    }

    public Builder remove(String name) {
      labels.remove(name);
      return this;
    }

    public @Nullable String get(String name) {
      return labels.get(name);
    }

    public Labels build() {
      var pairs = new String[labels.size() * 2];
      int i = 0;
      for (var label : labels.entrySet()) {
        pairs[i++] = label.getKey();
        pairs[i++] = label.getValue();
      }
      return ofSorted(pairs);
    }
  }
}
