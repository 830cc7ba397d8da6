package io.oriel.wire.remotewrite;

import io.oriel.model.histogram.Buckets;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import io.oriel.wire.remotewrite.HistogramReader.Wrong;
import java.util.Arrays;

/**
 * One side of a histogram as it is sent: spans say which indexes, and behind them come the counts
 * of all. What a span claims is believed only as far as there are counts.
 */
final class SpanCounts {
  /** Beyond this index no schema has a bucket. */
  static final long LAST = 1L << 30;

  private static final int OFFSET = Fields.tag(1, Fields.VARINT);
  private static final int LENGTH = Fields.tag(2, Fields.VARINT);

  private final Limits limits;
  private final int most;
  private long[] spans = new long[8]; // offset, length, offset, length...
  private int spanNumbers;
  private long[] deltas = new long[16];
  private int deltaCount;
  private final Doubles counts;
  private long total;

  SpanCounts(Limits limits, int most) {
    this.limits = limits;
    this.most = most;
    this.counts = new Doubles(limits, most);
  }

  void clear() {
    spanNumbers = 0;
    deltaCount = 0;
    counts.clear();
    total = 0;
  }

  boolean isEmpty() {
    return spanNumbers == 0 && deltaCount == 0 && counts.size == 0;
  }

  /** All observations, once buckets were built of integers. */
  long total() {
    return total;
  }

  /**
   * Reads one of the three fields: 0 spans, 1 deltas, 2 counts; false where it is something else.
   */
  boolean read(Fields fields, int tag, int which) throws Malformed {
    return switch (which) {
      case 0 -> span(fields, tag);
      case 1 -> deltas(fields, tag);
      default -> counts.read(fields, tag);
    };
  }

  private boolean span(Fields fields, int tag) throws Malformed {
    if ((tag & 7) != Fields.BYTES) return false;
    int end = fields.end;
    fields.end = fields.lengthOf();
    long offset = 0;
    long length = 0;
    for (int inner; (inner = fields.tag()) != 0; ) {
      if (inner == OFFSET) offset = Fields.zigzag(fields.varint());
      else if (inner == LENGTH) length = fields.varint() & 0xffff_ffffL;
      else fields.skip(inner);
    }
    fields.end = end;
    check(spanNumbers / 2 + 1);
    if (spanNumbers + 2 > spans.length) spans = Arrays.copyOf(spans, 2 * spans.length);
    spans[spanNumbers++] = offset;
    spans[spanNumbers++] = length;
    return true;
  }

  private boolean deltas(Fields fields, int tag) throws Malformed {
    if ((tag & 7) == Fields.VARINT) {
      add(Fields.zigzag(fields.varint()));
      return true;
    }
    if ((tag & 7) != Fields.BYTES) return false;
    int end = fields.end;
    fields.end = fields.lengthOf();
    while (fields.at < fields.end) add(Fields.zigzag(fields.varint()));
    fields.end = end;
    return true;
  }

  private void add(long delta) {
    check(deltaCount + 1);
    if (deltaCount == deltas.length) deltas = Arrays.copyOf(deltas, 2 * deltaCount);
    deltas[deltaCount++] = delta;
  }

  private void check(int size) {
    if (size > most) limits.check(Limit.HISTOGRAM_BUCKETS, size, "a pushed histogram");
  }

  /**
   * Index by index.
   *
   * @param steps by how many steps of resolution it becomes coarser
   * @throws Wrong when spans and counts do not fit each other, or a count is below nothing
   */
  Buckets buckets(boolean isInteger, int steps, long least, long greatest) throws Wrong {
    int size = isInteger ? deltaCount : counts.size;
    checkSpans(size, isInteger ? counts.size : deltaCount);
    int[] indexes = new int[size];
    double[] filled = new double[size];
    int n = 0;
    long index = 0;
    int next = 0;
    long running = 0;
    for (int s = 0; s < spanNumbers; s += 2) {
      if (s > 0 && spans[s] < 0) throw new Wrong("a span of buckets goes backwards");
      index += spans[s];
      for (long i = 0; i < spans[s + 1]; i++, index++, next++) {
        if (index < least || index > greatest) throw new Wrong("it has no bucket " + index);
        if (isInteger) running += deltas[next];
        double count = isInteger ? running : counts.values[next];
        if (!(count >= 0)) throw new Wrong("a bucket holds " + count);
        total = isInteger ? saturated(total + running) : total;
        if (count == 0) continue;
        int at = (int) (steps == 0 ? index : ((index - 1) >> steps) + 1);
        if (n > 0 && indexes[n - 1] == at) {
          filled[n - 1] += count;
        } else {
          indexes[n] = at;
          filled[n++] = count;
        }
      }
    }
    return n == 0 ? Buckets.NONE : new Buckets(Arrays.copyOf(indexes, n), Arrays.copyOf(filled, n));
  }

  private static long saturated(long sum) {
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private void checkSpans(int size, int others) throws Wrong {
    if (others > 0) throw new Wrong("its buckets are counted in integers and in floats");
    long slots = 0;
    for (int s = 1; s < spanNumbers; s += 2) slots += spans[s];
    if (slots != size) {
      throw new Wrong("its spans are of %d buckets, and %d are counted".formatted(slots, size));
    }
  }
}
