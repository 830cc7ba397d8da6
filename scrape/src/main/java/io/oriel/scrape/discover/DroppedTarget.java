package io.oriel.scrape.discover;

import java.util.Map;

/**
 * A target that is not asked.
 *
 * @param discovered its labels before relabelling
 * @param reason which rule dropped it, or what is wrong with it
 */
public record DroppedTarget(
    String job, Map<String, String> discovered, String foundBy, String reason) {
  public DroppedTarget {
    discovered = Map.copyOf(discovered);
  }
}
