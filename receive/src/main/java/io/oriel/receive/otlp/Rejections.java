package io.oriel.receive.otlp;

import io.oriel.model.backend.Receipt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the points of one request that are not taken, by reason; of each the first is told. */
final class Rejections {
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final Map<String, String> words = new LinkedHashMap<>();
  private long points;

  /** Rejects a point. */
  void point(String reason, String said) {
    points++;
    count(reason, said, 1);
  }

  /** How many whole points were rejected. */
  long points() {
    return points;
  }

  private void count(String reason, String said, long more) {
    words.putIfAbsent(reason, said);
    counts.merge(reason, more, Long::sum);
  }

  /** Takes over what the store refused: samples, of which a point may have several. */
  long store(Receipt receipt) {
    long samples = 0;
    for (Receipt.Reason reason : Receipt.Reason.values()) {
      int lost = receipt.refused(reason);
      if (lost == 0 || reason.ofExemplar()) continue;
      count(reason.label(), reason.words(), lost);
      samples += lost;
    }
    return samples;
  }

  List<Exported.Loss> list() {
    var all = new ArrayList<Exported.Loss>();
    counts.forEach((reason, count) ->
        all.add(new Exported.Loss(reason, words.getOrDefault(reason, ""), count)));
    return all;
  }
}
