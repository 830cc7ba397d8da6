package io.oriel.dashboards.dsl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What differs for some of a panel's series.
 *
 * @param matcher how they are chosen, by Grafana's name: byName, byRegexp, byFrameRefID
 * @param which the name or expression
 * @param properties by Grafana's path ("custom.fillOpacity"), in order
 */
public record FieldOverride(String matcher, String which, Map<String, Object> properties) {

  public static FieldOverride named(String name) {
    return new FieldOverride("byName", name, Map.of());
  }

  public static FieldOverride matching(String regex) {
    return new FieldOverride("byRegexp", "/" + regex + "/", Map.of());
  }

  /** The series of one query, by its letter: the first one is A. */
  public static FieldOverride ofQuery(char letter) {
    return new FieldOverride("byFrameRefID", "" + letter, Map.of());
  }

  public FieldOverride set(String property, Object value) {
    var more = new LinkedHashMap<>(properties);
    more.put(property, value);
    return new FieldOverride(matcher, which, more);
  }

  public FieldOverride unit(Unit unit) {
    return set("unit", unit.id());
  }

  /** Said in a word. */
  public FieldOverride mapped(Mapping mapping) {
    return set("mappings", List.of(GrafanaJson.mapping(mapping)));
  }

  /** Drawn downwards: what goes out, under what comes in. */
  public FieldOverride mirrored() {
    return set("custom.transform", "negative-Y");
  }

  /** Another name than the one that was measured. */
  public FieldOverride called(String name) {
    return set("displayName", name);
  }

  public FieldOverride colour(String fixed) {
    return set("color", Json.of("mode", "fixed", "fixedColor", fixed));
  }
}
