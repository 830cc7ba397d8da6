package io.oriel.simulate.serve;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.limit.Limits;
import io.oriel.wire.exposition.ExpositionFormat;
import io.oriel.wire.exposition.MetadataText;
import io.oriel.wire.exposition.SampleVisitor;
import io.oriel.wire.exposition.SeriesText;
import io.oriel.wire.exposition.SyntaxError;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A page of metrics as a reader sees it: types by family, label names by sample name, values. */
final class Page implements SampleVisitor {
  final Map<String, MetricMetadata.Type> types = new TreeMap<>();
  final Map<String, Set<String>> labels = new TreeMap<>();
  final Map<Labels, Double> values = new LinkedHashMap<>();
  final Map<String, String> helps = new HashMap<>();

  static Page of(byte[] text) {
    var page = new Page();
    try {
      ExpositionFormat.TEXT.parse(text, text.length, Limits.NORMAL, page);
    } catch (SyntaxError e) {
      throw new AssertionError(e.getMessage(), e);
    }
    return page;
  }

  @Override
  public void sample(SeriesText text, double value, long timestampMs) throws SyntaxError {
    Labels all = text.labels();
    Double before = values.put(all, value);
    if (before != null) throw new AssertionError("twice on one page: " + all);
    Set<String> names = labels.computeIfAbsent(all.metricName(), _ -> new TreeSet<>());
    for (int i = 0; i < all.size(); i++) names.add(all.nameAt(i));
  }

  @Override
  public void metadata(MetadataText metadata) throws SyntaxError {
    switch (metadata.kind()) {
      case TYPE -> types.put(metadata.metric(), metadata.type());
      case HELP -> helps.put(metadata.metric(), metadata.text());
      case UNIT -> {}
    }
  }

  /** The sum over all series of a name that bear these labels: name, value, name, value. */
  double sum(String name, String... wanted) {
    double sum = 0;
    for (Map.Entry<Labels, Double> each : values.entrySet()) {
      if (!each.getKey().metricName().equals(name)) continue;
      boolean fits = true;
      for (int i = 0; i < wanted.length; i += 2) {
        fits &= wanted[i + 1].equals(each.getKey().get(wanted[i]));
      }
      if (fits) sum += each.getValue();
    }
    return sum;
  }
}
