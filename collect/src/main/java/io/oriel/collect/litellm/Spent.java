package io.oriel.collect.litellm;

import io.oriel.collect.Metric;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The metrics of what was spent: each quantity in all, and by each dimension. */
final class Spent {
  private static final String DAY = ", since midnight UTC, as LiteLLM's database sums it up.";
  private static final Map<Quantity, Metric> IN_ALL = table(null);
  private static final Map<Dimension, Map<Quantity, Metric>> BY = new EnumMap<>(Dimension.class);

  static {
    for (Dimension each : Dimension.values()) BY.put(each, table(each));
  }

  private Spent() {}

  private static Map<Quantity, Metric> table(@Nullable Dimension by) {
    var table = new EnumMap<Quantity, Metric>(Quantity.class);
    for (Quantity each : Quantity.values()) {
      String middle = by == null ? "" : by.label() + "_";
      String name = "oriel_litellm_" + middle + each.words() + "_total";
      String help = each.help() + (by == null ? "" : ", by " + by.label()) + DAY;
      table.put(each, Metric.counter(name, help));
    }
    return table;
  }

  static Metric inAll(Quantity quantity) {
    return get(IN_ALL, quantity);
  }

  static Metric by(Dimension dimension, Quantity quantity) {
    return get(get(BY, dimension), quantity);
  }

  private static <K, V> V get(Map<K, V> table, K key) {
    V found = table.get(key);
    if (found == null) throw new IllegalStateException("a table lacks " + key);
    return found;
  }

  static List<Metric> all() {
    var all = new ArrayList<>(IN_ALL.values());
    BY.values().forEach(table -> all.addAll(table.values()));
    return all;
  }
}
