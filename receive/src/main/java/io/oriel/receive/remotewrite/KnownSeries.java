package io.oriel.receive.remotewrite;

import io.oriel.model.Labels;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.MetricWriter;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which fingerprint is which series, for all requests together: a sender repeats a series' labels
 * with each of its samples, and they are read once. 40 bytes a series; in parts with a lock each,
 * held for one look.
 *
 * <p>What nobody sends any more is forgotten by {@link #forget}, so that the store may forget it
 * too. Meanwhile nobody may be using handles: the caller sees to that.
 */
final class KnownSeries implements AutoCloseable {
  /** No handle: the series is not known. */
  static final long NONE = -1;

  private static final int PARTS = 16;

  private final Part[] parts = new Part[PARTS];

  KnownSeries(MetricSink sink) {
    for (int i = 0; i < PARTS; i++) parts[i] = new Part(sink.writer());
  }

  private Part part(long fingerprint) {
    return parts[(int) (fingerprint >>> 60)];
  }

  /** The handle of a series, seen in this round; {@link #NONE} where it is not known. */
  long find(long fingerprint, long fingerprint2, int round) {
    return part(fingerprint).find(fingerprint, fingerprint2, round);
  }

  /**
   * Names a series to the store, and remembers it.
   *
   * @throws io.oriel.model.limit.Refusal when the store does not take it
   */
  long add(long fingerprint, long fingerprint2, int round, Labels labels) {
    return part(fingerprint).add(fingerprint, fingerprint2, round, labels);
  }

  int size() {
    int size = 0;
    for (Part part : parts) size += part.size();
    return size;
  }

  /** Forgets the series that were not seen since before a round. */
  void forget(int beforeRound) {
    for (Part part : parts) part.forget(beforeRound);
  }

  @Override
  public void close() {
    for (Part part : parts) part.writer.close();
  }

  /** Open addressing, at most half full; fields of arrays, not objects. */
  private static final class Part {
    private static final int FIRST = 64; // a power of two

    private final ReentrantLock lock = new ReentrantLock();
    private final MetricWriter writer; // holds the handles
    private long[] firsts = new long[FIRST];
    private long[] seconds = new long[FIRST];
    private long[] handles = filled(FIRST);
    private int[] seen = new int[FIRST];
    private int size;

    Part(MetricWriter writer) {
      this.writer = writer;
    }

    private static long[] filled(int length) {
      long[] handles = new long[length];
      Arrays.fill(handles, NONE);
      return handles;
    }

    int size() {
      lock.lock();
      try {
        return size;
      } finally {
        lock.unlock();
      }
    }

    long find(long first, long second, int round) {
      lock.lock();
      try {
        int at = slot(first, second);
        if (handles[at] != NONE) seen[at] = round;
        return handles[at];
      } finally {
        lock.unlock();
      }
    }

    /** Where a fingerprint is, or would be. */
    private int slot(long first, long second) {
      int mask = handles.length - 1;
      int at = (int) first & mask;
      while (handles[at] != NONE && (firsts[at] != first || seconds[at] != second)) {
        at = (at + 1) & mask;
      }
      return at;
    }

    long add(long first, long second, int round, Labels labels) {
      lock.lock();
      try {
        int at = slot(first, second);
        if (handles[at] != NONE) return handles[at]; // another request was quicker
        long handle = writer.series(labels);
        if (2 * (size + 1) > handles.length) resize(2 * handles.length, 0);
        put(first, second, handle, round);
        return handle;
      } finally {
        lock.unlock();
      }
    }

    private void put(long first, long second, long handle, int round) {
      int at = slot(first, second);
      firsts[at] = first;
      seconds[at] = second;
      handles[at] = handle;
      seen[at] = round;
      size++;
    }

    /** Moves what was seen in or after a round to a table of another size. */
    private void resize(int length, int fromRound) {
      long[] oldFirsts = firsts;
      long[] oldSeconds = seconds;
      long[] oldHandles = handles;
      int[] oldSeen = seen;
      firsts = new long[length];
      seconds = new long[length];
      handles = filled(length);
      seen = new int[length];
      size = 0;
      for (int at = 0; at < oldHandles.length; at++) {
        if (oldHandles[at] == NONE || oldSeen[at] < fromRound) continue;
        put(oldFirsts[at], oldSeconds[at], oldHandles[at], oldSeen[at]);
      }
    }

    void forget(int beforeRound) {
      lock.lock();
      try {
        int kept = 0;
        for (int at = 0; at < handles.length; at++) {
          if (handles[at] == NONE) continue;
          if (seen[at] >= beforeRound) kept++;
          else writer.release(handles[at]);
        }
        if (kept == size) return;
        resize(Math.max(FIRST, Integer.highestOneBit(kept + 1) * 4), beforeRound);
      } finally {
        lock.unlock();
      }
    }
  }
}
