package io.oriel.wire.remotewrite;

import io.oriel.model.Labels;
import io.oriel.model.limit.Limits;

/**
 * A series of a request, its labels not read yet. Lent to a {@link WriteVisitor} for one call. Two
 * series with the same fingerprint are the same series; one series may have several, since labels
 * can come in any order and in both versions of the protocol.
 */
public sealed interface PushedSeries permits SeriesBytes, SeriesRefs {
  /** The first half of the fingerprint. */
  long fingerprint();

  /** The second half of the fingerprint. */
  long fingerprint2();

  /** Whether it has samples and native histograms, which version 2 forbids. */
  boolean isMixed();

  /**
   * Reads the labels.
   *
   * @throws WrongLabels when they name no series: a label without name or twice, or no UTF-8
   * @throws io.oriel.model.limit.Refusal.LimitReached when there are too many
   */
  Labels labels(Limits limits) throws WrongLabels;

  /** Labels that name no series; the message says which and why. */
  final class WrongLabels extends Exception {
    private static final long serialVersionUID = 1;
    private static final int MOST = 300; // characters of a message

    WrongLabels(String what) {
      super(what.length() > MOST ? what.substring(0, MOST) + "..." : what, null, false, false);
    }
  }
}
