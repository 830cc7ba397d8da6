package io.oriel.collect.modelserver;

import io.oriel.model.Labels;
import java.util.HashMap;
import java.util.Map;

/** The labels of a state series, made once for each model and state. */
final class States {
  private record Key(Labels labels, String state) {}

  private final Map<Key, Labels> made = new HashMap<>();

  Labels of(Labels labels, String state) {
    return made.computeIfAbsent(new Key(labels, state), key -> labels.with("state", state));
  }
}
