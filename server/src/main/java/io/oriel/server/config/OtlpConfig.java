package io.oriel.server.config;

import io.oriel.receive.otlp.OtlpSettings;
import io.oriel.receive.otlp.TranslationStrategy;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlMap;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The section of OTLP. */
final class OtlpConfig {
  private OtlpConfig() {}

  static OtlpSettings read(YamlMap yaml, Problems problems) {
    String key = Setting.OTLP_TRANSLATION_STRATEGY.key();
    String word = yaml.text(key).orElse(Setting.OTLP_TRANSLATION_STRATEGY.normal());
    var strategy =
        Arrays.stream(TranslationStrategy.values())
            .filter(each -> each.word().equals(word))
            .findAny();
    if (strategy.isEmpty()) {
      problems.add(
          yaml.at(key),
          "otlp.translation_strategy is %s, which is none".formatted(yaml.shown(key)),
          "write one of " + words());
    }
    var settings =
        new OtlpSettings(
            strategy.orElse(TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES),
            yaml.texts(Setting.OTLP_PROMOTE_RESOURCE_ATTRIBUTES.key()),
            yaml.bool(Setting.OTLP_PROMOTE_SCOPE_METADATA.key()).orElse(false));
    yaml.refuseUnknownKeys(problems);
    return settings;
  }

  private static String words() {
    return Arrays.stream(TranslationStrategy.values())
        .map(TranslationStrategy::word)
        .collect(Collectors.joining(", "));
  }
}
