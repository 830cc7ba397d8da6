package io.oriel.promql.expr;

import io.oriel.model.backend.SelectedSeries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is said beside an answer: warnings (it may be wrong) and infos (the asker may want to know),
 * each once, with the place in the query that it is about. Thread-safe.
 */
public final class Notes {
  private static final String WARNING = "PromQL warning: ";
  private static final String INFO = "PromQL info: ";

  private final Map<String, Place> warnings = new LinkedHashMap<>();
  private final Map<String, Place> infos = new LinkedHashMap<>();
  private final Set<String> sourceWarnings = new LinkedHashSet<>(); // said by where series are read
  private final Set<String> sourceInfos = new LinkedHashSet<>();
  private final Map<String, Integer> counts = new HashMap<>(); // of those that are counted

  public synchronized void warn(String text, Place at) {
    warnings.putIfAbsent(WARNING + text, at);
  }

  /** A warning that says how often it was given, where that is more than once. */
  public synchronized void warnCounted(String text, Place at) {
    warnings.putIfAbsent(WARNING + text, at);
    counts.merge(WARNING + text, 1, Integer::sum);
  }

  /** How often a warning was given whose number is told. */
  public synchronized int counted() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  public synchronized void info(String text, Place at) {
    infos.putIfAbsent(INFO + text, at);
  }

  /** What the source of series says of those that were read, in its own words. */
  public synchronized void ofSource(SelectedSeries read) {
    sourceWarnings.addAll(read.warnings());
    sourceInfos.addAll(read.infos());
  }

  public void badQuantile(double q, Place at) {
    warn("quantile value should be between 0 and 1, got " + GoNumber.general(q), at);
  }

  /** The warnings with their positions in the text of the query. */
  public List<String> warnings(String query) {
    return said(warnings, query, sourceWarnings);
  }

  public List<String> infos(String query) {
    return said(infos, query, sourceInfos);
  }

  private synchronized List<String> said(
      Map<String, Place> notes, String query, Set<String> ofSource) {
    var lines = new ArrayList<String>(notes.size() + ofSource.size());
    notes.forEach((text, place) -> lines.add(text + times(text) + " (" + place.in(query) + ")"));
    lines.addAll(ofSource);
    return lines;
  }

  private String times(String text) {
    int count = counts.getOrDefault(text, 1);
    return count == 1 ? "" : " (" + count + " occurrences)";
  }
}
