package io.oriel.receive.remotewrite;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of a request.
 *
 * @param kept samples that were kept
 * @param losses what was not kept, by reason; empty when all was
 */
public record Taken(long kept, List<Loss> losses) {

  /**
   * Samples that were refused for one reason.
   *
   * @param reason the label of a counter
   * @param words the reason, or the first case of it, for people
   */
  public record Loss(String reason, String words, long samples) {}

  public Taken {
    losses = List.copyOf(losses);
  }

  /** Whether nothing was refused. */
  public boolean isWhole() {
    return losses.isEmpty();
  }

  public long refused() {
    return losses.stream().mapToLong(Loss::samples).sum();
  }

  /** What was refused and why, a sentence for whoever sent it. */
  public String sentence() {
    var reasons = new ArrayList<String>();
    for (Loss loss : losses) {
      reasons.add("%d %s (%s)".formatted(loss.samples(), loss.reason(), loss.words()));
    }
    return "%d of %d samples refused, the others are kept: %s"
        .formatted(refused(), kept + refused(), String.join("; ", reasons));
  }
}
