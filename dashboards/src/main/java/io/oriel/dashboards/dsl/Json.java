package io.oriel.dashboards.dsl;

import java.util.LinkedHashMap;
import java.util.Map;

/** Small JSON objects whose keys keep their order, so that the same dashboard is the same text. */
final class Json {
  private Json() {}

  static Map<String, Object> of(Object... keysAndValues) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  /** Sets a value deep inside: {@code options.legend.calcs}. */
  @SuppressWarnings("unchecked") // what lies on a path was put there by this method
  static void set(Map<String, Object> into, String path, Object value) {
    Map<String, Object> at = into;
    String[] steps = path.split("\\.", -1);
    for (int i = 0; i < steps.length - 1; i++) {
      at = (Map<String, Object>) at.computeIfAbsent(steps[i], _ -> new LinkedHashMap<>());
    }
    at.put(steps[steps.length - 1], value);
  }
}
