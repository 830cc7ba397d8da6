package io.oriel.receive.otlp;

import java.util.List;

/**
 * How points become series.
 *
 * @param promoted attributes of resources that become labels of each series
 * @param promoteScope whether the scope's name, version and attributes become labels
 */
public record OtlpSettings(
    TranslationStrategy strategy, List<String> promoted, boolean promoteScope) {
  public static final OtlpSettings NORMAL =
      new OtlpSettings(TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES, List.of(), false);

  public OtlpSettings {
    promoted = List.copyOf(promoted);
  }
}
