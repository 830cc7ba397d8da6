package io.oriel.promql.script;

import io.oriel.model.Labels;
import io.oriel.model.histogram.Histogram;
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
    return written.withReset(written.hintAfter(before));
  }
}
