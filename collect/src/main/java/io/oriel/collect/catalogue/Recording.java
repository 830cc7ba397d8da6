package io.oriel.collect.catalogue;

import io.oriel.collect.catalogue.ModelSighting.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes one record of a model's sightings: equal values become one, different ones stay apart. */
final class Recording {
  private static final int MOST_VALUES = 200; // of one field
  private static final int LONGEST = 1_000;

  /** Who names a model best. */
  private static final List<Role> NAMING = List.of(Role.SERVER, Role.GATEWAY, Role.STORE, Role.MAP);

  /** One value while it is gathered. */
  private static final class Gathered {
    final String value;
    final LinkedHashSet<String> sources = new LinkedHashSet<>();
    int rank = Integer.MAX_VALUE;

    Gathered(String value) {
      this.value = value;
    }

    ModelRecord.Value done() {
      return new ModelRecord.Value(value, List.copyOf(sources));
    }
  }

  private final Map<ModelField, Map<String, Gathered>> fields = new EnumMap<>(ModelField.class);

  private Recording() {}

  static ModelRecord of(Joining.Group group) {
    var recording = new Recording();
    for (Joining.Member each : group.members()) recording.add(each.sighting());
    List<ModelRecord.Name> names = names(group);
    return new ModelRecord(
        names.getFirst().name(), names, recording.fields(), List.copyOf(group.notes()));
  }

  private void add(ModelSighting sighting) {
    Role role = sighting.role();
    for (ModelFact each : sighting.facts()) {
      add(role, each.field(), each.value(), each.source());
    }
    if (role == Role.GATEWAY) {
      add(role, ModelField.GATEWAY_NAME, sighting.name(), source(sighting));
    }
  }

  private void add(Role role, ModelField field, String value, String source) {
    Map<String, Gathered> values = fields.computeIfAbsent(field, _ -> new LinkedHashMap<>());
    String key = value.toLowerCase(Locale.ROOT);
    if (!values.containsKey(key) && values.size() == MOST_VALUES) return;
    Gathered gathered = values.computeIfAbsent(key, _ -> new Gathered(shortened(value)));
    if (gathered.sources.size() < MOST_VALUES) gathered.sources.add(shortened(source));
    gathered.rank = Math.min(gathered.rank, field.rank(role));
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }

  private List<ModelRecord.Known> fields() {
    var known = new ArrayList<ModelRecord.Known>();
    fields.forEach((field, values) -> {
      List<ModelRecord.Value> sorted =
          values.values().stream()
              .sorted(
                  Comparator.comparing((Gathered each) -> saysLess(each, field, values.values()))
                      .thenComparingInt(each -> each.rank))
              .map(Gathered::done)
              .toList();
      known.add(new ModelRecord.Known(field, sorted));
    });
    return List.copyOf(known);
  }

  /** Whether another value says all that this one says, and more. */
  private static boolean saysLess(Gathered one, ModelField field, Collection<Gathered> all) {
    if (field.isMany() || all.size() == 1) return false;
    return all.stream()
        .anyMatch(each ->
            !each.value.equalsIgnoreCase(one.value) && field.includes(each.value, one.value));
  }

  private static List<ModelRecord.Name> names(Joining.Group group) {
    var seen = new LinkedHashSet<ModelRecord.Name>();
    for (Joining.Member each : group.members()) {
      ModelSighting sighting = each.sighting();
      if (seen.size() == MOST_VALUES) break;
      seen.add(
          new ModelRecord.Name(
              sighting.name(), sighting.role(), source(sighting), shortened(each.reason())));
    }
    return seen.stream()
        .sorted(Comparator.comparingInt(each -> NAMING.indexOf(each.role())))
        .toList();
  }

  private static String source(ModelSighting sighting) {
    return shortened(sighting.source());
  }
}
