package io.oriel.wire.remotewrite;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.util.Arrays;

/** A list of doubles of a message, packed or not, so long at most. */
final class Doubles {
  private final Limits limits;
  private final int most;
  double[] values = new double[16];
  int size;

  Doubles(Limits limits, int most) {
    this.limits = limits;
    this.most = most;
  }

  void clear() {
    size = 0;
  }

  /** Reads one field; false where it is no list of doubles. */
  boolean read(Fields fields, int tag) throws Malformed {
    if ((tag & 7) == Fields.EIGHT_BYTES) {
      add(fields.eightBytes());
      return true;
    }
    if ((tag & 7) != Fields.BYTES) return false;
    int end = fields.end;
    fields.end = fields.lengthOf();
    while (fields.at < fields.end) add(fields.eightBytes());
    fields.end = end;
    return true;
  }

  private void add(double value) {
    if (size >= most) {
      limits.check(Limit.HISTOGRAM_BUCKETS, size + 1L, "a pushed histogram");
    }
    if (size == values.length) values = Arrays.copyOf(values, 2 * size);
    values[size++] = value;
  }

  double[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
