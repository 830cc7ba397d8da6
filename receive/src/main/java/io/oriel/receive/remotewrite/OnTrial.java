package io.oriel.receive.remotewrite;

import io.oriel.model.backend.MetricWriter;
import java.util.Arrays;

/** The series of one request of which nothing was kept before it. */
final class OnTrial {
  private static final int FIELDS = 3; // two of the fingerprint, and the handle
  private static final int KEPT = 1 << 16; // room over this is given back

  private final KnownSeries known;
  private long[] fields = new long[FIELDS * 16];
  private int size;

  OnTrial(KnownSeries known) {
    this.known = known;
  }

  /** Begins a new request. */
  void clear() {
    size = 0;
    if (fields.length > KEPT) fields = new long[FIELDS * 16];
  }

  void add(long fingerprint, long fingerprint2, long handle) {
    if (size == fields.length) fields = Arrays.copyOf(fields, 2 * size);
    fields[size++] = fingerprint;
    fields[size++] = fingerprint2;
    fields[size++] = handle;
  }

  /** After a commit: those of which something was kept stay known. */
  void end(MetricWriter writer, int round) {
    for (int i = 0; i < size; i += FIELDS) {
      if (writer.isKept(fields[i + 2])) known.keep(fields[i], fields[i + 1], round);
    }
  }
}
