package io.oriel.model.backend;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import java.util.List;

/** Where exemplars are read. Thread-safe. */
@FunctionalInterface
public interface ExemplarSource {
  /** Keeps none. */
  ExemplarSource NONE = (_, _) -> List.of();

  /**
   * The exemplars within the range of all series that any of the selections matches, by series;
   * those of one series in order of time.
   */
  List<OfSeries> exemplars(List<List<Matcher>> selections, TimeRange range);

  /** The exemplars of one series. */
  record OfSeries(Labels series, List<Exemplar> exemplars) {
    public OfSeries {
      exemplars = List.copyOf(exemplars);
    }
  }
}
