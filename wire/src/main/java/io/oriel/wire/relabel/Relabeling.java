package io.oriel.wire.relabel;

import io.oriel.model.Labels;
import io.oriel.wire.yaml.YamlMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A list of rules, applied one after the other; each sees what the one before made. Immutable. */
public final class Relabeling {
  /** Changes nothing. */
  public static final Relabeling NONE = new Relabeling(List.of());

  private final List<RelabelRule> rules;

  private Relabeling(List<RelabelRule> rules) {
    this.rules = rules;
  }

  /**
   * Reads the rules of a section such as {@code relabel_configs}; what is wrong goes to the
   * section's problems and its rule is left out.
   */
  public static Relabeling read(List<YamlMap> sections, NameScheme scheme) {
    var rules = new ArrayList<RelabelRule>();
    for (YamlMap section : sections) {
      RelabelSettings.read(section, scheme).ifPresent(rules::add);
    }
    return rules.isEmpty() ? NONE : new Relabeling(List.copyOf(rules));
  }

  public boolean isEmpty() {
    return rules.isEmpty();
  }

  /** The labels after all rules; empty when they were dropped. */
  public Optional<Labels> apply(Labels before) {
    if (rules.isEmpty()) return Optional.of(before);
    var labels = new TreeMap<>(before.toMap());
    return droppedBy(labels).isPresent() ? Optional.empty() : Optional.of(Labels.of(labels));
  }

  /**
   * Applies the rules to a map, in place.
   *
   * @return the rule that dropped the labels, in words; empty when they are kept
   */
  public Optional<String> droppedBy(Map<String, String> labels) {
    var sorted = new TreeMap<>(labels);
    sorted.values().removeIf(String::isEmpty);
    for (int i = 0; i < rules.size(); i++) {
      if (!rules.get(i).apply(sorted)) {
        return Optional.of("rule %d: %s".formatted(i + 1, rules.get(i)));
      }
    }
    labels.clear();
    labels.putAll(sorted);
    return Optional.empty();
  }

  /** Equal when the rules are: what was read again and did not change is the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Relabeling relabeling && rules.equals(relabeling.rules);
  }

  @Override
  public int hashCode() {
    return rules.hashCode();
  }
}
