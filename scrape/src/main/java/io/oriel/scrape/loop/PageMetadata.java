package io.oriel.scrape.loop;

import io.oriel.model.MetricMetadata;
import io.oriel.model.backend.MetricWriter;
import io.oriel.wire.exposition.MetadataText;
import io.oriel.wire.exposition.SyntaxError;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the page says of its metrics, told to the store when it is new. A line that was there the
 * last time is known by its hash and costs nothing.
 */
final class PageMetadata {
  private static final int MOST_KNOWN = 1 << 18; // then all is told again; far above any page

  private final MetricWriter writer;
  private long[] lines = new long[256]; // hashes of known lines; 0 = free; at most half full
  private int size;

  private boolean knownLine; // one of this page
  private boolean tellAllAgain;

  // of the metric whose lines are coming
  private String metric = "";
  private MetricMetadata.@Nullable Type type;
  private @Nullable String help;
  private @Nullable String unit;

  PageMetadata(MetricWriter writer) {
    this.writer = writer;
  }

  void begin() {
    boolean brokenOff = !metric.isEmpty(); // a page that was not heard to its end
    if (tellAllAgain || brokenOff || size > MOST_KNOWN) {
      Arrays.fill(lines, 0);
      size = 0;
      tellAllAgain = false;
    }
    knownLine = false;
    forget("");
  }

  void hear(MetadataText said) throws SyntaxError {
    if (size > MOST_KNOWN) return; // the next page is heard from its beginning
    if (!remember(said.hash() | 1)) {
      knownLine = true; // of which metric is not worth reading: it matters only beside a new line
      return;
    }
    String name = said.metric();
    if (!name.equals(metric)) {
      end();
      forget(name);
    }
    switch (said.kind()) {
      case TYPE -> type = said.type();
      case HELP -> help = said.text();
      case UNIT -> unit = said.text();
    }
  }

  /** Tells what was heard of the last metric. */
  void end() {
    if (metric.isEmpty()) return;
    // a line of it may have been among the known ones: the next page tells the whole
    if (knownLine && (type == null || help == null)) tellAllAgain = true;
    writer.metadata(
        metric,
        new MetricMetadata(
            type == null ? MetricMetadata.Type.UNKNOWN : type,
            help == null ? "" : help,
            unit == null ? "" : unit));
    forget("");
  }

  private void forget(String next) {
    metric = next;
    type = null;
    help = null;
    unit = null;
  }

  /** False when the line was known. */
  private boolean remember(long hash) {
    if (2 * size >= lines.length) grow();
    int mask = lines.length - 1;
    int at = (int) (hash >>> 1) & mask;
    for (; lines[at] != 0; at = (at + 1) & mask) if (lines[at] == hash) return false;
    lines[at] = hash;
    size++;
    return true;
  }

  private void grow() {
    long[] old = lines;
    lines = new long[2 * old.length];
    size = 0;
    for (long hash : old) if (hash != 0) remember(hash);
  }
}
