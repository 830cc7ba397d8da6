package io.oriel.model.backend;

import java.util.EnumMap;
import java.util.Map;

/**
 * What became of a batch: how many samples were kept, and how many were refused for which reason.
 */
public record Receipt(int kept, Map<Reason, Integer> refused) {

  /**
   * Why a single sample is not taken. The text goes into messages and into a label of a counter.
   */
  public enum Reason {
    OUT_OF_ORDER("out_of_order", "an earlier time than the newest sample of its series"),
    DUPLICATE("duplicate", "another value for a time that has one already"),
    TOO_OLD("too_old", "before the oldest time that the store still takes"),
    TOO_FAR_AHEAD("too_far_ahead", "further in the future than the store takes");

    private final String label;
    private final String words;

    Reason(String label, String words) {
      this.label = label;
      this.words = words;
    }

    public String label() {
      return label;
    }

    public String words() {
      return words;
    }
  }

  public Receipt {
    refused = Map.copyOf(refused);
  }

  public static Receipt allKept(int samples) {
    return new Receipt(samples, Map.of());
  }

  /** How many samples were refused for a reason. */
  public int refused(Reason reason) {
    return refused.getOrDefault(reason, 0);
  }

  /** Counts while a batch is taken in. */
  public static final class Tally {
    private final EnumMap<Reason, Integer> refused = new EnumMap<>(Reason.class);
    private int kept;

    public void keep() {
      kept++;
    }

    public void refuse(Reason reason) {
      refused.merge(reason, 1, Integer::sum);
    }

    public Receipt receipt() {
      return new Receipt(kept, refused);
    }
  }
}
