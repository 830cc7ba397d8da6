package io.oriel.model.backend;

import java.util.EnumMap;
import java.util.Map;

/**
 * What became of a batch: how much was kept, and how much was refused for which reason.
 *
 * @param kept samples that are floats, markers included
 * @param histograms samples that are native histograms
 * @param exemplars those that were kept or were there already
 * @param refused samples and exemplars
 * @param repaired samples and labels that were dropped or changed because they are known to say
 *     nothing as they came, by reason
 * @param dropped how many samples among those are not kept; nothing is wrong with their sender
 */
public record Receipt(
    int kept,
    int histograms,
    int exemplars,
    Map<Reason, Integer> refused,
    Map<String, Integer> repaired,
    int dropped) {

  /**
   * Why a single sample or exemplar is not taken. The text goes into messages and into a label of a
   * counter.
   */
  public enum Reason {
    OUT_OF_ORDER(
        "out_of_order", "out of order sample: an earlier time than the newest one of its series"),
    OUT_OF_ORDER_FULL(
        "out_of_order_full",
        "out of order, and as many as limits.out_of_order_samples allows wait for a block: send again later"),
    DUPLICATE(
        "duplicate",
        "duplicate sample for timestamp: another value for a time that has one already"),
    TOO_OLD("too_old", "too old sample: before the oldest time that the store still takes"),
    TOO_FAR_AHEAD("too_far_ahead", "further in the future than the store takes"),
    INVALID_HISTOGRAM("invalid_histogram", "a native histogram that contradicts itself"),
    EXEMPLAR_OUT_OF_ORDER(
        "exemplar_out_of_order", "an exemplar before the newest exemplar of its series"),
    EXEMPLAR_TOO_FAR_AHEAD(
        "exemplar_too_far_ahead", "an exemplar further in the future than the store takes"),
    EXEMPLAR_TOO_LONG("exemplar_too_long", "an exemplar whose labels have over 128 characters");

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

    /** Whether it is said of exemplars: samples are not lost by it. */
    public boolean ofExemplar() {
      return this == EXEMPLAR_OUT_OF_ORDER
          || this == EXEMPLAR_TOO_FAR_AHEAD
          || this == EXEMPLAR_TOO_LONG;
    }
  }

  public Receipt {
    refused = Map.copyOf(refused);
    repaired = Map.copyOf(repaired);
  }

  public Receipt(int kept, int histograms, int exemplars, Map<Reason, Integer> refused) {
    this(kept, histograms, exemplars, refused, Map.of(), 0);
  }

  /** Of a batch of floats. */
  public Receipt(int kept, Map<Reason, Integer> refused) {
    this(kept, 0, 0, refused);
  }

  public static Receipt allKept(int samples) {
    return new Receipt(samples, Map.of());
  }

  public static Receipt allKept(int samples, int histograms, int exemplars) {
    return new Receipt(samples, histograms, exemplars, Map.of());
  }

  /** The same, with what was repaired on the way. */
  public Receipt withRepaired(Map<String, Integer> byReason, int samplesDropped) {
    return new Receipt(kept, histograms, exemplars, refused, byReason, samplesDropped);
  }

  /** How many samples were refused for a reason. */
  public int refused(Reason reason) {
    return refused.getOrDefault(reason, 0);
  }

  /** Counts while a batch is taken in. */
  public static final class Tally {
    private final EnumMap<Reason, Integer> refused = new EnumMap<>(Reason.class);
    private int kept;
    private int histograms;
    private int exemplars;

    public void keep() {
      kept++;
    }

    public void keepHistogram() {
      histograms++;
    }

    public void keepExemplar() {
      exemplars++;
    }

    public void refuse(Reason reason) {
      refused.merge(reason, 1, Integer::sum);
    }

    public Receipt receipt() {
      return new Receipt(kept, histograms, exemplars, refused);
    }
  }
}
