package io.oriel.wire.targets;

import java.util.List;
import java.util.Map;

/**
 * Addresses that share labels.
 *
 * @param foundBy how it was found, in words: "prometheus.yml, static_configs"
 */
public record TargetGroup(List<String> addresses, Map<String, String> labels, String foundBy) {
  public TargetGroup {
    addresses = List.copyOf(addresses);
    labels = Map.copyOf(labels);
  }
}
