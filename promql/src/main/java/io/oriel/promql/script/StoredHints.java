package io.oriel.promql.script;

import io.oriel.model.Labels;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The hint of a counter reset that a histogram carries when a store gives it back: within a chunk
 * none began anew. A chunk ends where the layout changes, the counter falls, a gauge comes, or a
 * float.
 */
final class StoredHints {
  private final Map<Labels, Histogram> newest = new HashMap<>();

  void clear() {
    newest.clear();
  }

  /** A float or a stale marker came. */
  void interrupt(Labels labels) {
    newest.remove(labels);
  }

  /** The histogram as it is read back. */
  Histogram stored(Labels labels, Histogram written) {
    Histogram before = newest.put(labels, written);
    if (written.reset() == CounterReset.GAUGE) return written;
    boolean goesOn = before != null && goesOn(before, written);
    return written.withReset(goesOn ? CounterReset.NOT_RESET : CounterReset.UNKNOWN);
  }

  private static boolean goesOn(Histogram before, Histogram now) {
    return before.reset() != CounterReset.GAUGE
        && now.reset() != CounterReset.RESET
        && before.schema() == now.schema()
        && before.zeroThreshold() == now.zeroThreshold()
        && Arrays.equals(before.customBounds(), now.customBounds())
        && !now.withReset(CounterReset.UNKNOWN).isResetAfter(before);
  }
}
