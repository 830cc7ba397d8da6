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
 * <p>A series that is new is on trial: it stays one round at most, and shorter where many are,
 * until {@link #keep} says that the store kept something of it. What nobody sends any more is
 * forgotten by {@link #forget}, so that the store may forget it too. Meanwhile nobody may be using
 * handles: the caller sees to that.
 */
final class KnownSeries implements AutoCloseable {
  /** No handle: the series is not known. */
  static final long NONE = -1;

  private static final int PARTS = 16;
  private static final int ON_TRIAL = Integer.MIN_VALUE; // in the place of a round
  private static final int MOST_ON_TRIAL = 1024; // or a quarter of all: forgetting looks at all

  private final Part[] parts = new Part[PARTS];

  KnownSeries(MetricSink sink) {
    for (int i = 0; i < PARTS; i++) parts[i] = new Part(sink.writer());
  }

  private Part part(long fingerprint) {
    return parts[(int) (fingerprint >>> 60)];
  }

  /** The handle of a series, seen in this round; {@link #NONE} where it is new or on trial. */
  long find(long fingerprint, long fingerprint2, int round) {
    return part(fingerprint).find(fingerprint, fingerprint2, round);
  }

  /**
   * Names a series to the store, and remembers it on trial.
   *
   * @throws io.oriel.model.limit.Refusal when the store does not take it
   */
  long add(long fingerprint, long fingerprint2, Labels labels) {
    return part(fingerprint).add(fingerprint, fingerprint2, labels);
  }

  int size() {
    int size = 0;
    for (Part part : parts) size += part.size();
    return size;
  }

  /** Whether nothing was kept yet of so many series that they are to be forgotten now. */
  boolean hasTooManyOnTrial() {
    int onTrial = 0;
    for (Part part : parts) onTrial += part.onTrial();
    return onTrial > MOST_ON_TRIAL && onTrial > size() / 4;
  }

  /** The store kept something of a series: it stays from now on as long as it is sent. */
  void keep(long fingerprint, long fingerprint2, int round) {
    part(fingerprint).keep(fingerprint, fingerprint2, round);
  }

  /** Forgets the series that were not seen since before a round, and those on trial. */
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
    private int onTrial;

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
        if (handles[at] == NONE || seen[at] == ON_TRIAL) return NONE;
        seen[at] = round;
        return handles[at];
      } finally {
        lock.unlock();
      }
    }

    int onTrial() {
      lock.lock();
      try {
        return onTrial;
      } finally {
        lock.unlock();
      }
    }

    void keep(long first, long second, int round) {
      lock.lock();
      try {
        int at = slot(first, second);
        if (handles[at] == NONE || seen[at] != ON_TRIAL) return;
        seen[at] = round;
        onTrial--;
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

    long add(long first, long second, Labels labels) {
      lock.lock();
      try {
        int at = slot(first, second);
        if (handles[at] != NONE) return handles[at]; // on trial, or another was quicker
        long handle = writer.series(labels);
        if (2 * (size + 1) > handles.length) resize(2 * handles.length, ON_TRIAL);
        put(first, second, handle, ON_TRIAL);
        onTrial++;
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
        onTrial = 0;
        if (kept == size) return;
        resize(Math.max(FIRST, Integer.highestOneBit(kept + 1) * 4), beforeRound);
      } finally {
        lock.unlock();
      }
    }
  }
}
