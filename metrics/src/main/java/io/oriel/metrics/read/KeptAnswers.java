package io.oriel.metrics.read;

import io.oriel.model.Labels;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What label indexes have answered. A block never changes, the head's index does when series come
 * and go, and a dashboard asks the same selectors again and again, each time for another window of
 * time: so regular expressions are tried, postings joined and labels decoded once a block, and once
 * a version of the head's index. What was used longest ago goes when all takes more than a bound,
 * and what nobody asks for a while goes too. Thread-safe.
 */
public final class KeptAnswers {
  private static final long LEAST_BYTES = 4L << 20;
  private static final long MOST_BYTES = 16L << 20;
  private static final int HEAP_PART = 128;
  private static final int LARGE_PART = 4; // an answer larger than that part of all is not kept
  private static final int ROUNDS = 60; // unused for so many, an answer goes
  private static final String SERIES = "series";
  private static final long UNCHANGING = 0; // the version of a block
  private static final int OBJECT_BYTES = 64; // about, an entry with what holds it; also a string

  private final long mostBytes;
  private final Map<Question, Kept> kept = new LinkedHashMap<>(64, 0.75f, true); // by last use
  private long bytes;
  private long round;

  /**
   * A question to an index.
   *
   * @param index which stands for itself: nothing is asked of it
   * @param kind of question, and what it is about beside the series
   * @param series the selectors, as text: matchers hold more than they ask
   */
  private record Question(Object index, String kind, String series) {}

  private static final class Kept {
    final long version; // of the index when it was asked
    final Object answer;
    final long bytes;
    long usedIn; // round

    Kept(long version, Object answer, long bytes) {
      this.version = version;
      this.answer = answer;
      this.bytes = bytes;
    }
  }

  /** Series of one index, with their labels in the order of the ids. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Found(int[] ids, Labels[] labels) {
    static final Found NOTHING = new Found(new int[0], new Labels[0]);

    long bytes() {
      long bytes = 4L * ids.length;
      Labels before = Labels.EMPTY;
      for (Labels each : labels) {
        bytes += OBJECT_BYTES + 8L * each.size();
        for (int i = 0; i < each.size(); i++) {
          boolean shared = i < before.size() && before.valueAt(i).equals(each.valueAt(i));
          if (!shared) bytes += OBJECT_BYTES + each.valueAt(i).length();
        }
        before = each;
      }
      return bytes;
    }
  }

  public KeptAnswers(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** With a bound that fits this process' heap. */
  public static KeptAnswers inThisHeap() {
    long part = Runtime.getRuntime().maxMemory() / HEAP_PART;
    return new KeptAnswers(Math.clamp(part, LEAST_BYTES, MOST_BYTES));
  }

  /** The series that selectors find in a block. */
  Found series(Object block, String selectors, Supplier<Found> ask) {
    Found known = series(block, UNCHANGING, selectors);
    if (known != null) return known;
    Found found = ask.get();
    keep(block, UNCHANGING, selectors, found);
    return found;
  }

  /** The series that selectors found in an index when it had that version; null: ask it. */
  @Nullable Found series(Object index, long version, String selectors) {
    return (Found) find(new Question(index, SERIES, selectors), version);
  }

  /** Keeps an answer with the version that the index had before it was asked. */
  void keep(Object index, long version, String selectors, Found found) {
    keep(new Question(index, SERIES, selectors), version, found, found.bytes());
  }

  /** A sorted list of texts; kept as it is, so nobody changes it. */
  List<String> texts(Object block, String kind, String selectors, Supplier<List<String>> ask) {
    return texts(block, UNCHANGING, kind, selectors, ask);
  }

  /** The same for an index that changes. */
  @SuppressWarnings("unchecked") // what is kept for a question is what was given for it
  List<String> texts(
      Object index, long version, String kind, String selectors, Supplier<List<String>> ask) {
    var question = new Question(index, kind, selectors);
    if (find(question, version) instanceof List<?> known) return (List<String>) known;
    List<String> found = List.copyOf(ask.get());
    long bytes = 0;
    for (String text : found) bytes += OBJECT_BYTES + text.length();
    keep(question, version, found, bytes);
    return found;
  }

  private synchronized @Nullable Object find(Question question, long version) {
    Kept known = kept.get(question);
    if (known == null || known.version != version) return null;
    known.usedIn = round;
    return known.answer;
  }

  private synchronized void keep(Question question, long version, Object answer, long size) {
    long all = size + 2L * OBJECT_BYTES + question.kind.length() + question.series.length();
    if (all > mostBytes / LARGE_PART) return;
    var mine = new Kept(version, answer, all);
    mine.usedIn = round;
    Kept before = kept.put(question, mine);
    bytes += all - (before == null ? 0 : before.bytes);
    for (Iterator<Kept> oldest = kept.values().iterator(); bytes > mostBytes; ) {
      bytes -= oldest.next().bytes;
      oldest.remove();
    }
  }

  /** To be called every few seconds: lets go of what nobody asked for some minutes. */
  public synchronized void forgetUnused() {
    round++;
    Iterator<Kept> oldest = kept.values().iterator();
    while (oldest.hasNext()) {
      Kept each = oldest.next();
      if (each.usedIn + ROUNDS > round) return; // and so are all that follow
      bytes -= each.bytes;
      oldest.remove();
    }
  }

  /** About what is kept takes. */
  public synchronized long bytes() {
    return bytes;
  }
}
