package io.oriel.collect.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Beside Debian's own node_exporter on this machine: the same series, types and values. */
class NodeExporterComparisonTest {
  /** A socket that opens and closes between two pages is no difference; a lasting one stays. */
  private static final int ROUNDS = 5;

  @Test
  void the_same_series_with_the_same_types_and_values() throws Exception {
    try (var exporter = NodeExporter.start();
        var collector = new NodeCollector(Clock.system())) {
      collector.collect(begun(new Readings()));
      List<String> differences = List.of("nothing was compared");
      for (int round = 0; round < ROUNDS && !differences.isEmpty(); round++) {
        differences = round(exporter, collector);
      }

      assertThat(differences).isEmpty();
    }
  }

  /** One page of theirs, one round of ours, another page of theirs. */
  private static List<String> round(NodeExporter exporter, NodeCollector collector)
      throws Exception {
    NodeExporter.Page before = exporter.page();
    Readings out = begun(new Readings());
    collector.collect(out);
    NodeExporter.Page after = exporter.page();
    return differences(Told.of(out), before, after);
  }

  private static Readings begun(Readings out) {
    out.begin();
    return out;
  }

  /** A value of ours lies between those of the exporter just before and just after. */
  private static List<String> differences(
      Told told, NodeExporter.Page before, NodeExporter.Page after) {
    var ours = new TreeMap<Labels, Double>();
    told.values().forEach((series, value) -> ours.put(KnownDifferences.asBefore(series), value));
    var differences = new ArrayList<String>();
    before
        .values()
        .forEach((series, low) -> {
          Double high = after.values().get(series);
          if (high == null || KnownDifferences.leftOut(series)) return;
          compare(series, ours.get(series), low, high, differences);
          compareTypes(series.metricName(), told, after, differences);
        });
    for (Labels series : ours.keySet()) {
      boolean there = before.values().containsKey(series) || after.values().containsKey(series);
      boolean expected = there || KnownDifferences.added(series);
      if (expected || KnownDifferences.fleeting(series, ours.get(series))) continue;
      differences.add("told beyond: " + series);
    }
    return differences;
  }

  private static void compare(
      Labels series, @Nullable Double own, double low, double high, List<String> differences) {
    if (own == null) {
      if (!KnownDifferences.fleeting(series, low)) differences.add("not told: " + series);
    } else if (!KnownDifferences.near(series.metricName(), own, low, high)) {
      differences.add(series + " is " + own + ", there " + low + " to " + high);
    }
  }

  private static void compareTypes(
      String name, Told told, NodeExporter.Page page, List<String> differences) {
    MetricMetadata.Type own = told.types().get(name);
    if (own == null) return; // already said
    String text = own == MetricMetadata.Type.UNKNOWN ? "untyped" : own.text();
    if (!text.equals(page.types().get(name))) {
      differences.add("type of " + name + ": " + text + ", there " + page.types().get(name));
    }
  }
}
