package io.oriel.model.testing;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.ExemplarSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Exemplars in a map. Fill it first and ask then. */
public final class MemoryExemplars implements ExemplarSource {
  private final SortedMap<Labels, List<Exemplar>> all = new TreeMap<>();

  /** Exemplars of a series come in order of time. */
  public void add(Labels series, Exemplar exemplar) {
    all.computeIfAbsent(series, _ -> new ArrayList<>()).add(exemplar);
  }

  @Override
  public List<OfSeries> exemplars(List<List<Matcher>> selections, TimeRange range) {
    var found = new ArrayList<OfSeries>();
    all.forEach((series, exemplars) -> {
      boolean asked =
          selections.stream().anyMatch(each -> each.stream().allMatch(m -> m.matches(series)));
      List<Exemplar> within =
          exemplars.stream().filter(each -> range.contains(each.timeMs())).toList();
      if (asked && !within.isEmpty()) found.add(new OfSeries(series, within));
    });
    return found;
  }
}
