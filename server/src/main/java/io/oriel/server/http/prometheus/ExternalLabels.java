package io.oriel.server.http.prometheus;

import io.oriel.model.Labels;
import java.util.Map;
import java.util.TreeMap;

/** Labels of this Oriel on a series that leaves it; what the series has itself stays. */
final class ExternalLabels {
  private ExternalLabels() {}

  static Labels with(Map<String, String> external, Labels series) {
    if (external.isEmpty()) return series;
    var all = new TreeMap<>(external);
    all.putAll(series.toMap());
    return Labels.of(all);
  }
}
