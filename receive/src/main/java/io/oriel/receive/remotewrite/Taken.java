package io.oriel.receive.remotewrite;

import static io.oriel.model.backend.Receipt.Reason.OUT_OF_ORDER_FULL;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of a request.
 *
 * @param samples floats that were kept, or dropped as values that say nothing
 * @param histograms native histograms that were kept
 * @param exemplars exemplars that were kept
 * @param losses what was not kept, by reason; empty when all was
 */
public record Taken(long samples, long histograms, long exemplars, List<Loss> losses) {

  /**
   * What was refused for one reason.
   *
   * @param reason the label of a counter
   * @param words the reason, or the first case of it, for people
   * @param samples floats and histograms; may be 0 where a series had none
   */
  public record Loss(String reason, String words, long samples, long exemplars) {
    long all() {
      return samples + exemplars;
    }
  }

  public Taken {
    losses = List.copyOf(losses);
  }

  /** Whether nothing was refused. */
  public boolean isWhole() {
    return losses.isEmpty();
  }

  /** Whether some of what was refused may be kept when the request is sent again. */
  public boolean isWorthRepeating() {
    return losses.stream().anyMatch(loss -> loss.reason.equals(OUT_OF_ORDER_FULL.label()));
  }

  /** Floats and histograms that were kept. */
  public long kept() {
    return samples + histograms;
  }

  /** Floats and histograms that were refused. */
  public long refused() {
    return losses.stream().mapToLong(Loss::samples).sum();
  }

  /** What was refused and why, a sentence for whoever sent it. */
  public String sentence() {
    var reasons = new ArrayList<String>();
    for (Loss loss : losses) {
      reasons.add("%d %s (%s)".formatted(loss.all(), loss.reason(), loss.words()));
    }
    long lostExemplars = losses.stream().mapToLong(Loss::exemplars).sum();
    String andExemplars =
        lostExemplars == 0
            ? ""
            : " and %d of %d exemplars".formatted(lostExemplars, exemplars + lostExemplars);
    return "%d of %d samples%s refused, the others are kept: %s"
        .formatted(refused(), kept() + refused(), andExemplars, String.join("; ", reasons));
  }
}
