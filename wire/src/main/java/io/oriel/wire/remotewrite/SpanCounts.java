package io.oriel.wire.remotewrite;

import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.HistogramRules;
import io.oriel.model.histogram.InvalidHistogram;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.util.Arrays;

/**
 * One side of a histogram as it is sent: spans say which indexes, and behind them come the counts
 * of all. What a span claims is believed only as far as there are counts.
 */
final class SpanCounts {
  private static final int OFFSET = Fields.tag(1, Fields.VARINT);
  private static final int LENGTH = Fields.tag(2, Fields.VARINT);

  private final String side;
  private final Limits limits;
  private final int most;
  private final Doubles counts;
  private int[] offsets = new int[8];
  private int[] lengths = new int[8];
  private int spans;
  private long[] deltas = new long[16];
  private int deltaCount;

  SpanCounts(String side, Limits limits, int most) {
    this.side = side;
    this.limits = limits;
    this.most = most;
    this.counts = new Doubles(limits, most);
  }

  void clear() {
    spans = 0;
    deltaCount = 0;
    counts.clear();
  }

  /** Reads one of its fields: 0 spans, 1 deltas, 2 counts; false where it is something else. */
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
    int offset = 0;
    int length = 0;
    for (int inner; (inner = fields.tag()) != 0; ) {
      if (inner == OFFSET) offset = (int) Fields.zigzag(fields.varint());
      else if (inner == LENGTH) length = (int) fields.varint();
      else fields.skip(inner);
    }
    fields.end = end;
    check(spans + 1);
    if (spans == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * spans);
      lengths = Arrays.copyOf(lengths, 2 * spans);
    }
    offsets[spans] = offset;
    lengths[spans++] = length;
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
   * @param isInteger whether the differences are what counts, or else the floats
   * @throws InvalidHistogram when spans and counts do not fit each other
   */
  Buckets buckets(boolean isInteger) throws InvalidHistogram {
    if (!isInteger) {
      return HistogramRules.ofSpans(side, offsets, lengths, spans, counts.values, counts.size);
    }
    double[] absolute = new double[deltaCount];
    long running = 0;
    for (int i = 0; i < deltaCount; i++) absolute[i] = running += deltas[i];
    return HistogramRules.ofSpans(side, offsets, lengths, spans, absolute, deltaCount);
  }
}
