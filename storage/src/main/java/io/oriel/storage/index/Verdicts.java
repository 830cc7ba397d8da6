package io.oriel.storage.index;

import io.oriel.model.Matcher;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which pairs of a growing table regular expressions matched: pairs are only added, so each value
 * is tried once an expression, and again only after that was not asked for long. Thread-safe;
 * nothing is locked while values are tried, and two who ask the same at once both try them.
 */
final class Verdicts {
  private static final long MOST_BYTES = 4 << 20;
  private static final int OBJECT_BYTES = 256; // about, an entry; each pair that matches: 2 at most

  private final Map<String, Verdict> verdicts = new LinkedHashMap<>(16, 0.75f, true); // by last use
  private long bytes;

  /** What one matcher is known to match. */
  private static final class Verdict {
    final String matcher;
    final RoaringBitmap matching = new RoaringBitmap();
    long bytes; // as they are counted
    int triedBelow; // the number of a pair

    Verdict(String matcher) {
      this.matcher = matcher;
    }
  }

  /**
   * The pairs that a matcher matches, in the order of their numbers.
   *
   * @param pairs all pairs of the matcher's label, in that order too
   * @param trial those of some pairs whose values the matcher matches
   */
  int[] matching(Matcher matcher, int[] pairs, UnaryOperator<int[]> trial) {
    if (pairs.length == 0) return pairs;
    Verdict verdict = of(matcher);
    int end = pairs[pairs.length - 1] + 1;
    int from = Arrays.binarySearch(pairs, triedBelow(verdict));
    if (from < 0) from = -from - 1;
    if (from == pairs.length) return known(verdict);
    return learn(verdict, trial.apply(Arrays.copyOfRange(pairs, from, pairs.length)), end);
  }

  private synchronized Verdict of(Matcher matcher) {
    return verdicts.computeIfAbsent(matcher.toString(), Verdict::new);
  }

  private synchronized int triedBelow(Verdict verdict) {
    return verdict.triedBelow;
  }

  private synchronized int[] known(Verdict verdict) {
    return verdict.matching.toArray();
  }

  private synchronized int[] learn(Verdict verdict, int[] matching, int triedBelow) {
    verdict.matching.add(matching);
    verdict.triedBelow = Math.max(verdict.triedBelow, triedBelow);
    int[] known = verdict.matching.toArray();
    weigh(verdict, OBJECT_BYTES + verdict.matcher.length() + 2L * known.length);
    return known;
  }

  private void weigh(Verdict verdict, long now) {
    if (verdicts.get(verdict.matcher) != verdict) return; // gone meanwhile
    bytes += now - verdict.bytes;
    verdict.bytes = now;
    for (Iterator<Verdict> oldest = verdicts.values().iterator(); bytes > MOST_BYTES; ) {
      bytes -= oldest.next().bytes;
      oldest.remove();
    }
  }
}
