package io.oriel.receive.otlp;

import java.util.List;

/**
 * What became of a request.
 *
 * @param points how many it had
 * @param rejected how many were not taken; where parts of points were refused by the store, no
 *     fewer than that
 * @param samples floats and histograms that were kept
 * @param losses what was refused, by reason
 */
public record Exported(long points, long rejected, long samples, List<Loss> losses) {

  /**
   * What was refused for one reason.
   *
   * @param reason the label of a counter
   * @param words the reason, or the first case of it, for people
   */
  public record Loss(String reason, String words, long count) {}

  public Exported {
    losses = List.copyOf(losses);
  }

  /** What was rejected and why, a sentence for whoever sent it; empty where nothing was. */
  public String sentence() {
    if (losses.isEmpty()) return "";
    var reasons =
        losses.stream()
            .map(loss -> "%d %s (%s)".formatted(loss.count(), loss.reason(), loss.words()))
            .toList();
    return "%d of %d points rejected, the others are kept: %s"
        .formatted(rejected, points, String.join("; ", reasons));
  }
}
