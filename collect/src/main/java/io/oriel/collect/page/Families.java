package io.oriel.collect.page;

import io.oriel.model.MetricMetadata;
import java.util.List;
import java.util.Map;

/** To which family a sample's name belongs: {@code x_bucket} to {@code x}. */
final class Families {
  private static final List<String> PARTS = List.of("_bucket", "_count", "_sum", "_total");

  private Families() {}

  /**
   * @param types what the page's TYPE lines said so far, by family
   */
  static String of(String name, Map<String, MetricMetadata.Type> types) {
    if (types.containsKey(name)) return name;
    for (String part : PARTS) {
      if (!name.endsWith(part)) continue;
      String family = name.substring(0, name.length() - part.length());
      if (types.containsKey(family)) return family;
    }
    return name;
  }
}
