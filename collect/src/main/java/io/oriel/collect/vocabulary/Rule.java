package io.oriel.collect.vocabulary;

import java.util.Set;

/**
 * What one metric of a server's page means. Of several rules with the same meaning that a page has
 * samples for, the first in the table counts: twins are never added up.
 *
 * @param from the name of a family, or of one kind of its samples ({@code x_sum}), with a colon
 *     where it has one; the page may write {@code _} for it
 * @param factor makes the unit of {@code to}
 * @param label one more label that is kept, empty for none: how a request ended
 * @param as its name in the vocabulary
 * @param fold what becomes of several series of one model, one a rank of the engine
 */
public record Rule(String from, ModelMetric to, double factor, String label, String as, Fold fold) {
  private static final Set<ModelMetric> RATIOS = Set.of(ModelMetric.KV_CACHE_USED);

  /** How several series become one. */
  public enum Fold {
    SUM,
    /** Of ratios: the fullest. */
    MAX
  }

  public static Rule of(String from, ModelMetric to) {
    return new Rule(from, to, 1, "", "", RATIOS.contains(to) ? Fold.MAX : Fold.SUM);
  }

  public Rule times(double unit) {
    return new Rule(from, to, unit, label, as, fold);
  }

  public Rule keeping(String kept, String name) {
    return new Rule(from, to, factor, kept, name, fold);
  }
}
