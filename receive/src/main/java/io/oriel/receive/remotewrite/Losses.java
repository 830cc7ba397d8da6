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

  /** Native histograms can't be stored yet. */
  static final String HISTOGRAM = "native_histogram";

  private final Map<String, String> words = new LinkedHashMap<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();

  void clear() {
    if (counts.isEmpty()) return;
    words.clear();
    counts.clear();
  }

  void lose(String reason, String said, long samples) {
    words.putIfAbsent(reason, said);
    counts.merge(reason, samples, Long::sum);
  }

  void lose(Receipt receipt) {
    for (Reason reason : Reason.values()) {
      int lost = receipt.refused(reason);
      if (lost > 0) lose(reason.label(), reason.words(), lost);
    }
  }

  List<Taken.Loss> list() {
    var all = new ArrayList<Taken.Loss>();
    counts.forEach(
        (reason, lost) -> all.add(new Taken.Loss(reason, String.valueOf(words.get(reason)), lost)));
    return all;
  }
}
