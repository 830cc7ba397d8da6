package io.oriel.scrape.config;

import io.oriel.wire.relabel.NameScheme;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlMap;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code global}: what holds for each job that says nothing else. */
record GlobalSection(
    long intervalMs,
    long timeoutMs,
    List<String> protocols,
    SampleLimits limits,
    long targetLimit,
    NameScheme scheme,
    HistogramSettings histograms,
    Map<String, String> externalLabels) {

  static GlobalSection read(YamlMap yaml, Problems warnings) {
    long interval = positive(yaml, "scrape_interval", 60_000);
    boolean ownTimeout = yaml.has("scrape_timeout");
    long timeout = positive(yaml, "scrape_timeout", Math.min(10_000, interval));
    if (ownTimeout && timeout > interval) JobSection.refuseTimeout(yaml);
    positive(yaml, "evaluation_interval", 60_000);
    var section =
        new GlobalSection(
            interval,
            Math.min(timeout, interval),
            yaml.texts("scrape_protocols"),
            JobSection.limits(yaml, SampleLimits.NONE),
            yaml.integer("target_limit", 0, Integer.MAX_VALUE).orElse(0L),
            yaml.oneOf("metric_name_validation_scheme", NameScheme.class).orElse(NameScheme.UTF8),
            JobSection.histograms(yaml, HistogramSettings.CLASSIC),
            yaml.textMap("external_labels"));
    unused(yaml, PrometheusKeys.UNUSED_GLOBAL, warnings);
    unused(yaml, PrometheusKeys.UNUSED_EVERYWHERE, warnings);
    PrometheusKeys.HARMLESS.forEach(yaml::known);
    yaml.refuseUnknownKeys(yaml.problems());
    return section;
  }

  static void unused(YamlMap yaml, List<String> keys, Problems warnings) {
    for (String key : keys) {
      if (!yaml.has(key)) continue;
      warnings.add(yaml.at(key), yaml.name(key) + " is not used yet", "nothing is to do");
    }
  }

  /** A length in milliseconds, more than none. */
  static long positive(YamlMap yaml, String key, long normalMs) {
    long ms = yaml.duration(key).map(Duration::toMillis).orElse(normalMs);
    if (ms > 0) return ms;
    yaml.problems().add(yaml.at(key), yaml.name(key) + " is 0", "write a length such as 15s");
    return normalMs;
  }
}
