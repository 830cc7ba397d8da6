package io.oriel.dashboards.dsl;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What differs for some of a panel's series.
 *
 * @param matcher how they are chosen, by Grafana's name: byName, byRegexp, byFrameRefID
 * @param which the name or expression
 * @param properties by Grafana's path ("custom.fillOpacity"), in order
 */
public record Override(String matcher, String which, Map<String, Object> properties) {

  public static Override named(String name) {
    return new Override("byName", name, Map.of());
  }

  public static Override matching(String regex) {
    return new Override("byRegexp", "/" + regex + "/", Map.of());
  }

  /** The series of one query, by its letter: the first one is A. */
  public static Override ofQuery(char letter) {
    return new Override("byFrameRefID", "" + letter, Map.of());
  }

  public Override set(String property, Object value) {
    var more = new LinkedHashMap<>(properties);
    more.put(property, value);
    return new Override(matcher, which, more);
  }

  public Override unit(Unit unit) {
    return set("unit", unit.id());
  }

  /** Drawn downwards: what goes out, under what comes in. */
  public Override mirrored() {
    return set("custom.transform", "negative-Y");
  }

  /** Another name than the one that was measured. */
  public Override called(String name) {
    return set("displayName", name);
  }

  public Override colour(String fixed) {
    return set("color", Json.of("mode", "fixed", "fixedColor", fixed));
  }
}
