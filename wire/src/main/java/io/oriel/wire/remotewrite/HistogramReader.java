package io.oriel.wire.remotewrite;

import io.oriel.model.Stale;
import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.histogram.HistogramRules;
import io.oriel.model.histogram.InvalidHistogram;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.util.Arrays;

/**
 * Reads the message of a native histogram, which both versions share: with counts as integers
 * (differences to the bucket before) or as floats, exponential or with bounds of its own. A
 * resolution finer than the finest that is stored is made coarser. Room is kept for the next one.
 *
 * <p>Source: {@code prompb/types.proto} and {@code model/histogram} of Prometheus.
 */
final class HistogramReader {
  private static final int FINEST_SENT = 52;
  private static final int COUNT_INT = Fields.tag(1, Fields.VARINT);
  private static final int COUNT_FLOAT = Fields.tag(2, Fields.EIGHT_BYTES);
  private static final int SUM = Fields.tag(3, Fields.EIGHT_BYTES);
  private static final int SCHEMA = Fields.tag(4, Fields.VARINT);
  private static final int ZERO_THRESHOLD = Fields.tag(5, Fields.EIGHT_BYTES);
  private static final int ZERO_INT = Fields.tag(6, Fields.VARINT);
  private static final int ZERO_FLOAT = Fields.tag(7, Fields.EIGHT_BYTES);
  private static final int NEGATIVE = 8; // spans, and behind them deltas and counts
  private static final int POSITIVE = 11;
  private static final int RESET = Fields.tag(14, Fields.VARINT);
  private static final int TIME = Fields.tag(15, Fields.VARINT);
  private static final int BOUNDS = 16;
  private static final int START = Fields.tag(17, Fields.VARINT);
  private static final CounterReset[] RESETS = {
    CounterReset.UNKNOWN, CounterReset.RESET, CounterReset.NOT_RESET, CounterReset.GAUGE
  };

  /** Of the histogram read last. */
  long timeMs;

  private long startMs;

  private final SpanCounts positive;
  private final SpanCounts negative;
  private final Doubles bounds;
  private boolean isInteger;
  private long count;
  private double floatCount;
  private double sum;
  private int schema;
  private double zeroThreshold;
  private long zeroCount;
  private double floatZeroCount;
  private CounterReset reset = CounterReset.UNKNOWN;

  HistogramReader(Limits limits) {
    int most = (int) Math.min(limits.of(Limit.HISTOGRAM_BUCKETS), Integer.MAX_VALUE / 16);
    positive = new SpanCounts("positive", limits, most);
    negative = new SpanCounts("negative", limits, most);
    bounds = new Doubles(limits, most);
  }

  private void clear() {
    timeMs = 0;
    startMs = 0;
    positive.clear();
    negative.clear();
    bounds.clear();
    isInteger = true;
    count = 0;
    floatCount = 0;
    sum = 0;
    schema = 0;
    zeroThreshold = 0;
    zeroCount = 0;
    floatZeroCount = 0;
    reset = CounterReset.UNKNOWN;
  }

  /**
   * Reads the message that ends at a place, and tells of it, be it right or wrong.
   *
   * @param seriesStart when its counter began, where it does not say so itself
   */
  void tell(Fields fields, int to, long seriesStart, WriteVisitor visitor) throws Malformed {
    int end = fields.end;
    Histogram histogram;
    try {
      histogram = read(fields, to);
    } catch (InvalidHistogram | Refusal.LimitReached e) {
      visitor.wrongHistogram(String.valueOf(e.getMessage()));
      fields.at = to;
      fields.end = end;
      return;
    }
    visitor.histogram(timeMs, histogram, startMs == 0 ? seriesStart : startMs);
  }

  private Histogram read(Fields fields, int to) throws Malformed, InvalidHistogram {
    clear();
    int end = fields.end;
    fields.end = to;
    for (int tag; (tag = fields.tag()) != 0; ) field(fields, tag);
    fields.end = end;
    return built();
  }

  private void field(Fields fields, int tag) throws Malformed {
    if (tag == COUNT_INT) count = fields.varint();
    else if (tag == COUNT_FLOAT) floatCount(fields.eightBytes());
    else if (tag == SUM) sum = fields.eightBytes();
    else if (tag == SCHEMA) schema = (int) Fields.zigzag(fields.varint());
    else if (tag == ZERO_THRESHOLD) zeroThreshold = fields.eightBytes();
    else if (tag == ZERO_INT) zeroCount = fields.varint();
    else if (tag == ZERO_FLOAT) floatZeroCount = fields.eightBytes();
    else if (tag == RESET) reset = reset(fields.varint());
    else if (tag == TIME) timeMs = fields.varint();
    else if (tag == START) startMs = fields.varint();
    else if (!lists(fields, tag)) fields.skip(tag);
  }

  private void floatCount(double sent) {
    isInteger = false;
    floatCount = sent;
  }

  private static CounterReset reset(long number) {
    return number >= 0 && number < RESETS.length ? RESETS[(int) number] : CounterReset.UNKNOWN;
  }

  private boolean lists(Fields fields, int tag) throws Malformed {
    int field = tag >>> 3;
    if (field == BOUNDS) return bounds.read(fields, tag);
    if (field >= NEGATIVE && field < NEGATIVE + 3) {
      return negative.read(fields, tag, field - NEGATIVE);
    }
    return field >= POSITIVE
        && field < POSITIVE + 3
        && positive.read(fields, tag, field - POSITIVE);
  }

  private Histogram built() throws InvalidHistogram {
    if (Stale.isMarker(sum)) return stale();
    if (schema > FINEST_SENT) HistogramRules.checkSchema(schema);
    int steps = Math.max(0, schema - Histogram.FINEST);
    var histogram =
        new Histogram(
            schema - steps,
            isInteger ? count : floatCount,
            sum,
            zeroThreshold,
            isInteger ? zeroCount : floatZeroCount,
            coarser(positive.buckets(isInteger), steps),
            coarser(negative.buckets(isInteger), steps),
            bounds.toArray(),
            reset);
    if (isInteger) HistogramRules.checkWhole(histogram);
    else HistogramRules.check(histogram);
    return histogram;
  }

  /** The end of a series: its sum is the marker, and nothing else counts. */
  private Histogram stale() {
    return new Histogram(
        0, 0, sum, 0, 0, Buckets.NONE, Buckets.NONE, new double[0], CounterReset.UNKNOWN);
  }

  private static Buckets coarser(Buckets fine, int steps) {
    if (steps == 0) return fine;
    int[] indexes = new int[fine.size()];
    double[] counts = new double[fine.size()];
    int n = 0;
    for (int i = 0; i < fine.size(); i++) {
      int index = ((fine.indexes()[i] - 1) >> steps) + 1;
      if (n == 0 || indexes[n - 1] != index) indexes[n++] = index;
      counts[n - 1] += fine.counts()[i];
    }
    return new Buckets(Arrays.copyOf(indexes, n), Arrays.copyOf(counts, n));
  }
}
