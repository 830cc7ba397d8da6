package io.oriel.server.config;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlMap;
import java.util.EnumMap;
import java.util.Locale;

/** The section of limits: one key a row of {@link Limit}. */
final class LimitsConfig {
  private LimitsConfig() {}

  static Limits read(YamlMap yaml, Problems problems) {
    var configured = new EnumMap<Limit, Long>(Limit.class);
    for (Limit limit : Limit.values()) {
      var value =
          limit.key().endsWith("_bytes")
              ? yaml.bytes(limit.key())
              : yaml.integer(limit.key(), 1, Long.MAX_VALUE);
      value.ifPresent(number -> configured.put(limit, number));
      value
          .filter(number -> number < 1)
          .ifPresent(_ ->
              problems.add(
                  yaml.at(limit.key()),
                  yaml.name(limit.key()) + " is 0, which allows nothing",
                  String.format(Locale.ROOT, "write a number; the default is %d", limit.normal())));
    }
    yaml.refuseUnknownKeys(problems);
    return new Limits(configured);
  }
}
