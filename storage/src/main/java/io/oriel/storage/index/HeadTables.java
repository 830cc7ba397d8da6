package io.oriel.storage.index;

import io.oriel.model.Labels;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.roaringbitmap.RoaringBitmap;

/** All that a head's index knows: pairs, their postings, the series. Only verdicts thread-safe. */
final class HeadTables {
  final LabelPairs pairs = new LabelPairs();
  final Postings postings = new Postings();
  final SeriesTable series = new SeriesTable(pairs);
  final RoaringBitmap all = new RoaringBitmap();
  final Verdicts verdicts = new Verdicts();
  private int[] scratch = new int[32];
  private long deadBytes; // of pairs that no series has any more

  /** The answer has a bit for each of the first 64 labels: whether no series has had that pair. */
  long add(int id, Labels labels) {
    int count = labels.size();
    long fresh = 0;
    if (scratch.length < count) scratch = new int[2 * count];
    for (int i = 0; i < count; i++) {
      int pair = pairs.add(labels.nameAt(i), labels.valueAt(i));
      if (pairs.size() > postings.size()) {
        postings.addPair();
        if (i < Long.SIZE) fresh |= 1L << i;
      } else if (postings.isEmpty(pair)) {
        deadBytes -= pairs.bytesOf(pair);
      }
      postings.add(pair, id);
      scratch[i] = pair;
    }
    series.add(id, labels, scratch);
    all.add(id);
    return fresh;
  }

  void remove(int id) {
    if (!series.contains(id)) return;
    for (int pair : series.pairsOf(id)) {
      postings.remove(pair, id);
      if (postings.isEmpty(pair)) deadBytes += pairs.bytesOf(pair);
    }
    series.remove(id);
    all.remove(id);
  }

  /** Whether most of the strings belong to series that are gone. */
  boolean isMostlyDead(long few) {
    return deadBytes > Math.max(few, pairs.textBytes() / 2);
  }

  /** The pairs of a name that any series has. */
  int[] livePairs(String name) {
    return Arrays.stream(pairs.ofName(name)).filter(pair -> !postings.isEmpty(pair)).toArray();
  }

  /** The names of which a series among these has a pair. */
  Set<String> names(RoaringBitmap among) {
    var names = new TreeSet<String>();
    for (String name : pairs.names()) {
      if (anyOf(pairs.ofName(name), among)) names.add(name);
    }
    return names;
  }

  private boolean anyOf(int[] itsPairs, RoaringBitmap among) {
    for (int pair : itsPairs) {
      if (postings.intersects(pair, among)) return true;
    }
    return false;
  }
}
