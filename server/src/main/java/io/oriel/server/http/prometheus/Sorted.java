package io.oriel.server.http.prometheus;

import io.oriel.model.Labels;
import io.oriel.model.backend.SelectedSeries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A selected series by its number, with the labels by which it is sorted. */
record Sorted(int number, Labels labels) {
  static List<Sorted> of(SelectedSeries selected) {
    var all = new ArrayList<Sorted>(selected.count());
    for (int i = 0; i < selected.count(); i++) all.add(new Sorted(i, selected.labels(i)));
    all.sort(Comparator.comparing(Sorted::labels));
    return all;
  }
}
