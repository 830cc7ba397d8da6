package io.oriel.storage.index;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * A label index in memory that grows. Any thread may call anything: changes exclude each other, and
 * whoever asks sees a series whole or not at all. Locks are held for some hundred steps at a time,
 * never for a whole query, so that neither a heavy query nor a removal delays who adds.
 *
 * <p>Ids are the caller's choice, best small and without gaps. An id may be used again after its
 * series was removed; who asks must then make sure by other means that an answer is still about the
 * series it meant.
 */
public final class HeadIndex implements LabelIndex {
  private static final int AT_ONCE = 256; // series removed or copied under one lock
  private static final int FEW = 10_000; // so much that is gone is not worth a new table,
  private static final long FEW_BYTES = 4 << 20; // nor are so many bytes of strings

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final ReentrantLock removing = new ReentrantLock();
  private volatile HeadTables tables = new HeadTables();
  private long removals; // grows with each; guarded by the lock
  private long additions; // the same
  private int goneSinceRebuild; // guarded by removing
  private @Nullable RoaringBitmap addedMeanwhile; // while tables are rebuilt; guarded by the lock

  /**
   * Adds a series.
   *
   * @return a bit for each of the first 64 labels: whether its value is a new one of that name
   * @throws IllegalArgumentException when the id is taken or negative
   */
  public long add(int id, Labels labels) {
    lock.writeLock().lock();
    try {
      if (id < 0 || tables.series.contains(id)) {
        throw new IllegalArgumentException("the series id " + id + " is taken or negative");
      }
      long fresh = tables.add(id, labels);
      additions++;
      if (addedMeanwhile != null) addedMeanwhile.add(id);
      return fresh;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** The id of the series with exactly these labels, -1 where there is none. Allocates nothing. */
  public int find(Labels labels) {
    lock.readLock().lock();
    try {
      return tables.series.find(labels);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** A number that is another one after every change: answers of equal versions are equal. */
  public long version() {
    return reading(() -> additions + removals); // both only grow
  }

  /** Forgets series; ids that are not there do not matter. */
  public void remove(RoaringBitmap gone) {
    removing.lock();
    try {
      int[] ids = gone.toArray();
      for (int at = 0; at < ids.length; at += AT_ONCE) {
        removeSome(ids, at, Math.min(at + AT_ONCE, ids.length));
      }
      goneSinceRebuild += ids.length;
      if (goneSinceRebuild > Math.max(FEW, size())
          || reading(() -> tables.isMostlyDead(FEW_BYTES))) {
        rebuild();
      }
    } finally {
      removing.unlock();
    }
  }

  private void removeSome(int[] ids, int from, int to) {
    lock.writeLock().lock();
    try {
      removals++;
      for (int i = from; i < to; i++) tables.remove(ids[i]);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Copies what is left into new tables, so that churn does not pile up strings and pairs. */
  private void rebuild() {
    var fresh = new HeadTables();
    int[] ids = reading(this::beginRebuild);
    for (int at = 0; at < ids.length; at += AT_ONCE) {
      int from = at;
      int to = Math.min(at + AT_ONCE, ids.length);
      reading(() -> copy(ids, from, to, fresh));
    }
    lock.writeLock().lock();
    try {
      RoaringBitmap added = addedMeanwhile;
      if (added != null) copy(added.toArray(), 0, added.getCardinality(), fresh);
      addedMeanwhile = null;
      tables = fresh;
      removals++;
      goneSinceRebuild = 0;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private int[] beginRebuild() {
    addedMeanwhile = new RoaringBitmap(); // no writer is in here while a reader is
    return tables.all.toArray();
  }

  private int copy(int[] ids, int from, int to, HeadTables into) {
    for (int i = from; i < to; i++) into.add(ids[i], tables.series.labels(ids[i]));
    return to - from;
  }

  /** Bytes of all label names and values, each counted once; what is gone counts for a while. */
  public long labelBytes() {
    return reading(() -> tables.pairs.textBytes());
  }

  /** The value of one label of a series, empty where it has none or is not there. */
  public String valueOf(int series, String name) {
    return reading(() -> {
      if (!tables.series.contains(series)) return "";
      int pair = tables.series.pairOf(series, name);
      return pair < 0 ? "" : tables.pairs.value(pair);
    });
  }

  /** Hears of label pairs and how many series have each. */
  @FunctionalInterface
  public interface PairVisitor {
    void pair(String name, String value, int series);
  }

  /** Tells every label pair that a series has; those that come or go meanwhile perhaps not. */
  public void eachPair(PairVisitor visitor) {
    HeadTables now = tables;
    int pairs = reading(now.pairs::size);
    for (int at = 0; at < pairs; at += AT_ONCE) {
      int from = at;
      int to = Math.min(at + AT_ONCE, pairs);
      reading(() -> tell(now, from, to, visitor));
    }
  }

  private static int tell(HeadTables tables, int from, int to, PairVisitor visitor) {
    for (int pair = from; pair < to; pair++) {
      int series = tables.postings.count(pair);
      if (series > 0) visitor.pair(tables.pairs.name(pair), tables.pairs.value(pair), series);
    }
    return to - from;
  }

  @Override
  public RoaringBitmap matching(List<Matcher> matchers) {
    for (int attempt = 0; attempt < 3; attempt++) {
      long before = reading(() -> removals);
      RoaringBitmap found = new Matching(new Source(tables)).of(matchers);
      if (reading(() -> removals) == before) return found;
    }
    // series are removed all the time: once in peace
    return reading(() -> new Matching(new Source(tables)).of(matchers));
  }

  @Override
  public Labels labels(int series) {
    return reading(() -> {
      if (!tables.series.contains(series)) {
        throw new IllegalArgumentException("no series has the id " + series);
      }
      return tables.series.labels(series);
    });
  }

  @Override
  public Labels[] labels(RoaringBitmap of) {
    Labels[] labels = labelsOfThoseLeft(of);
    if (labels.length == of.getCardinality()) return labels;
    throw new IllegalArgumentException("no series has the id " + missing(of));
  }

  private int missing(RoaringBitmap among) {
    return reading(() -> RoaringBitmap.andNot(among, tables.all).first());
  }

  /** The same without those that are not there: fewer than ids where a series went meanwhile. */
  public Labels[] labelsOfThoseLeft(RoaringBitmap of) {
    HeadTables now = tables;
    int[] ids = of.toArray();
    var labels = new Labels[ids.length];
    var texts = new PairTexts(ids.length, now.pairs.size(), now.pairs::value);
    int written = 0;
    for (int at = 0; at < ids.length; at += AT_ONCE) {
      int from = at;
      int to = Math.min(at + AT_ONCE, ids.length);
      int behind = written;
      written = reading(() -> writeOut(now, ids, from, to, texts, labels, behind));
    }
    return written == ids.length ? labels : Arrays.copyOf(labels, written);
  }

  private static int writeOut(
      HeadTables tables, int[] ids, int from, int to, PairTexts texts, Labels[] into, int behind) {
    int n = behind;
    for (int i = from; i < to; i++) {
      if (tables.series.contains(ids[i])) into[n++] = tables.series.labels(ids[i], texts::of);
    }
    return n;
  }

  @Override
  public List<String> labelNames() {
    return reading(() -> List.copyOf(tables.names(tables.all)));
  }

  @Override
  public List<String> labelNames(RoaringBitmap series) {
    return reading(() -> List.copyOf(tables.names(series)));
  }

  @Override
  public List<String> labelValues(String name) {
    HeadTables now = tables;
    return new Matching(new Source(now)).texts(reading(() -> now.livePairs(name)));
  }

  @Override
  public List<String> labelValues(String name, RoaringBitmap series) {
    return new Matching(new Source(tables)).labelValues(name, series);
  }

  @Override
  public int size() {
    return reading(() -> tables.series.size());
  }

  private <T> T reading(Supplier<T> work) {
    lock.readLock().lock();
    try {
      return work.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** The tables as one question sees them: a lock for each step. */
  private final class Source implements PairSource {
    private final HeadTables tables;

    Source(HeadTables tables) {
      this.tables = tables;
    }

    @Override
    public RoaringBitmap all() {
      return reading(tables.all::clone);
    }

    @Override
    public int pair(String name, String value) {
      return reading(() -> tables.pairs.find(name, value));
    }

    @Override
    public int[] pairs(String name, String prefix) {
      return reading(() -> tables.pairs.ofName(name));
    }

    @Override
    public void values(int[] pairs, int from, int count, String[] out) {
      lock.readLock().lock();
      try {
        for (int i = 0; i < count; i++) out[i] = tables.pairs.value(pairs[from + i]);
      } finally {
        lock.readLock().unlock();
      }
    }

    @Override
    public void addSeries(int[] pairs, int from, int count, RoaringBitmap into) {
      lock.readLock().lock();
      try {
        for (int i = from; i < from + count; i++) tables.postings.addTo(pairs[i], into);
      } finally {
        lock.readLock().unlock();
      }
    }

    @Override
    public boolean touches(int pair, RoaringBitmap series) {
      return reading(() -> tables.postings.intersects(pair, series));
    }

    @Override
    public Verdicts verdicts() {
      return tables.verdicts;
    }

    @Override
    public int pairOf(int series, String name) {
      lock.readLock().lock();
      try {
        return tables.series.contains(series) ? tables.series.pairOf(series, name) : -1;
      } finally {
        lock.readLock().unlock();
      }
    }
  }
}
