package io.oriel.wire.remotewrite;

import io.oriel.model.Labels;
import io.oriel.wire.remotewrite.PushedSeries.WrongLabels;
import java.util.HashSet;
import java.util.Set;

/** Labels as they come: in any order, each name once and not empty. */
final class LabelSet {
  private final Labels.Builder labels = Labels.builder();
  private final Set<String> names = new HashSet<>();

  void add(String name, String value) throws WrongLabels {
    if (name.isEmpty()) {
      throw new WrongLabels("the labels %s go on with one without name".formatted(labels.build()));
    }
    if (!names.add(name)) {
      throw new WrongLabels("the labels %s have %s twice".formatted(labels.build(), name));
    }
    labels.set(name, value);
  }

  WrongLabels wrong(String what) {
    return new WrongLabels("the labels %s %s".formatted(labels.build(), what));
  }

  int size() {
    return names.size();
  }

  Labels labels() {
    return labels.build();
  }
}
