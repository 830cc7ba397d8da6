package io.oriel.receive.remotewrite;

import io.oriel.model.backend.Receipt;
import io.oriel.model.backend.Receipt.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what one request loses, by reason; of each reason the first case is told. */
final class Losses {
  /** Labels that name no series. */
  static final String LABELS = "labels";

  /** A series breaks a limit. */
  static final String LIMIT = "limit";

  /** Samples and native histograms in one series. */
  static final String MIXED = "mixed_series";

  private static final class Count {
    final String words;
    long samples;
    long exemplars;

    Count(String words) {
      this.words = words;
    }
  }

  private final Map<String, Count> counts = new LinkedHashMap<>();
  private final Map<String, Long> unsaid = new LinkedHashMap<>();

  void clear() {
    if (!counts.isEmpty()) counts.clear();
    if (!unsaid.isEmpty()) unsaid.clear();
  }

  void lose(String reason, String said, long samples) {
    count(reason, said).samples += samples;
  }

  void loseExemplars(String reason, String said, long exemplars) {
    count(reason, said).exemplars += exemplars;
  }

  /** Exemplars of which the sender is not told: version 1 has no words for them. */
  void loseUnsaid(String reason, long exemplars) {
    unsaid.merge(reason, exemplars, Long::sum);
  }

  /** Those that only Oriel's own metrics tell of, by reason. */
  Map<String, Long> unsaid() {
    return unsaid;
  }

  private Count count(String reason, String said) {
    return counts.computeIfAbsent(reason, _ -> new Count(said));
  }

  /** Takes over what the store refused; the sender is not always told of exemplars. */
  void lose(Receipt receipt, boolean tellsExemplars) {
    for (Reason reason : Reason.values()) {
      int lost = receipt.refused(reason);
      if (lost == 0) continue;
      if (!reason.ofExemplar()) lose(reason.label(), reason.words(), lost);
      else if (tellsExemplars) loseExemplars(reason.label(), reason.words(), lost);
      else loseUnsaid(reason.label(), lost);
    }
  }

  List<Taken.Loss> list() {
    var all = new ArrayList<Taken.Loss>();
    counts.forEach((reason, lost) ->
        all.add(new Taken.Loss(reason, lost.words, lost.samples, lost.exemplars)));
    return all;
  }
}
