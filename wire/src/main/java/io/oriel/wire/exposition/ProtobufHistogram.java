package io.oriel.wire.exposition;

import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.histogram.HistogramRules;
import io.oriel.model.histogram.InvalidHistogram;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The histogram of one metric of a protobuf page: native buckets, classic ones, or both. Reused for
 * one after the other.
 */
final class ProtobufHistogram {
  private static final double[] NO_BOUNDS = {};

  private final ProtobufSeries series;
  private final SampleVisitor visitor;
  private final Fields in = new Fields("the page is no list of metric families");
  private final Side positive = new Side("positive");
  private final Side negative = new Side("negative");
  private final List<ProtobufExemplar> exemplars = new ArrayList<>();

  private double count;
  private double sum;
  private int schema;
  private double zeroThreshold;
  private double zeroCount;
  private boolean isFloat;
  private long start;

  /** The spans and counts of one side as they come. */
  private static final class Side {
    final String name;
    int[] offsets = new int[8];
    int[] lengths = new int[8];
    int spans;
    double[] counts = new double[32];
    int size;
    private long whole; // the count before: the next one is told by its difference

    Side(String name) {
      this.name = name;
    }

    void clear() {
      spans = size = 0;
      whole = 0;
    }

    void span(int offset, int length) {
      if (spans == offsets.length) {
        offsets = Arrays.copyOf(offsets, 2 * spans);
        lengths = Arrays.copyOf(lengths, 2 * spans);
      }
      offsets[spans] = offset;
      lengths[spans++] = length;
    }

    void delta(long delta) {
      whole += delta;
      count((double) whole);
    }

    void count(double count) {
      if (size == counts.length) counts = Arrays.copyOf(counts, 2 * size);
      counts[size++] = count;
    }

    Buckets buckets() throws InvalidHistogram {
      return HistogramRules.ofSpans(name, offsets, lengths, spans, counts, size);
    }
  }

  ProtobufHistogram(ProtobufSeries series, SampleVisitor visitor) {
    this.series = series;
    this.visitor = visitor;
  }

  void tell(byte[] page, int from, int to, long timestamp, boolean isGauge)
      throws Malformed, SyntaxError, CharacterCodingException {
    read(page, from, to);
    boolean isNative =
        positive.spans > 0 || negative.spans > 0 || zeroThreshold > 0 || zeroCount > 0;
    boolean told = isNative && visitor.wantsHistograms();
    if (told) tellNative(timestamp, isGauge);
    if (!told || visitor.wantsClassicHistograms()) tellClassic(page, from, to, timestamp);
  }

  private void clear() {
    count = sum = zeroThreshold = zeroCount = 0;
    schema = 0;
    isFloat = false;
    start = SampleVisitor.NO_TIMESTAMP;
    positive.clear();
    negative.clear();
    exemplars.clear();
  }

  private void read(byte[] page, int from, int to)
      throws Malformed, SyntaxError, CharacterCodingException {
    clear();
    in.over(page, from, to);
    for (int tag; (tag = in.tag()) != 0; ) {
      switch (tag >>> 3) {
        case 1 -> count = unsigned(in.varint());
        case 4 -> floatCount(in.eightBytes());
        case 2 -> sum = in.eightBytes();
        case 5 -> schema = (int) zigzag(in.varint());
        case 6 -> zeroThreshold = in.eightBytes();
        case 7 -> zeroCount = unsigned(in.varint());
        case 8 -> zeroCount = Math.max(zeroCount, in.eightBytes());
        case 9 -> span(page, to, negative);
        case 10 -> numbers(tag, page, to, negative, true);
        case 11 -> numbers(tag, page, to, negative, false);
        case 12 -> span(page, to, positive);
        case 13 -> numbers(tag, page, to, positive, true);
        case 14 -> numbers(tag, page, to, positive, false);
        case 15 -> start = startTime(page, to);
        case 16 -> exemplar(page, to);
        default -> in.skip(tag);
      }
    }
  }

  private void floatCount(double value) {
    if (value <= 0) return;
    count = value;
    isFloat = true;
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : (double) (value >>> 1) * 2;
  }

  private static long zigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  private long startTime(byte[] page, int to) throws Malformed {
    int end = in.lengthOf();
    long time = ProtobufExemplar.time(page, in.at, end);
    in.over(page, end, to);
    return time;
  }

  private void exemplar(byte[] page, int to)
      throws Malformed, SyntaxError, CharacterCodingException {
    int end = in.lengthOf();
    exemplars.add(ProtobufExemplar.read(page, in.at, end));
    in.over(page, end, to);
  }

  private void span(byte[] page, int to, Side side) throws Malformed {
    int end = in.lengthOf();
    int offset = 0;
    int length = 0;
    in.over(page, in.at, end);
    for (int tag; (tag = in.tag()) != 0; ) {
      if (tag == Fields.tag(1, Fields.VARINT)) offset = (int) zigzag(in.varint());
      else if (tag == Fields.tag(2, Fields.VARINT)) length = (int) in.varint();
      else in.skip(tag);
    }
    side.span(offset, length);
    in.over(page, end, to);
  }

  /** Numbers of one side, packed or each by itself. */
  private void numbers(int tag, byte[] page, int to, Side side, boolean deltas) throws Malformed {
    int end = (tag & 7) == Fields.BYTES ? in.lengthOf() : -1;
    in.over(page, in.at, end < 0 ? to : end);
    do {
      if (end >= 0 && in.at == end) break;
      if (deltas) side.delta(zigzag(in.varint()));
      else side.count(in.eightBytes());
    } while (end >= 0);
    in.over(page, in.at, to);
  }

  private void tellNative(long timestamp, boolean isGauge) throws SyntaxError {
    SeriesText name = series.text("");
    try {
      var histogram =
          new Histogram(
              schema,
              count,
              sum,
              zeroThreshold,
              zeroCount,
              positive.buckets(),
              negative.buckets(),
              NO_BOUNDS,
              isGauge ? CounterReset.GAUGE : CounterReset.UNKNOWN);
      HistogramRules.checkSchema(schema);
      if (isFloat) HistogramRules.check(histogram);
      else HistogramRules.checkWhole(histogram);
      visitor.histogram(name, histogram, timestamp);
    } catch (InvalidHistogram e) {
      visitor.invalid(name, String.valueOf(e.getMessage()));
      return;
    }
    started();
    for (ProtobufExemplar each : exemplars) tell(each);
  }

  private void started() {
    if (start != SampleVisitor.NO_TIMESTAMP) visitor.startOfLast(start);
  }

  private void tell(ProtobufExemplar exemplar) throws SyntaxError {
    if (!visitor.wantsExemplars()) return;
    visitor.exemplar(exemplar.labels(), exemplar.value(), exemplar.timeMs());
  }

  private void tellClassic(byte[] page, int from, int to, long timestamp)
      throws Malformed, SyntaxError, CharacterCodingException {
    visitor.sample(series.text("_count"), count, timestamp);
    started();
    visitor.sample(series.text("_sum"), sum, timestamp);
    started();
    boolean hasInfinity = false;
    in.over(page, from, to);
    for (int tag; (tag = in.tag()) != 0; ) {
      if (tag != Fields.tag(3, Fields.BYTES)) {
        in.skip(tag);
        continue;
      }
      int end = in.lengthOf();
      hasInfinity |= bucket(page, in.at, end, timestamp);
      in.over(page, end, to);
    }
    if (hasInfinity) return;
    visitor.sample(series.text("_bucket", "le", Double.POSITIVE_INFINITY), count, timestamp);
    started();
  }

  /** Whether it is the bucket that holds all. */
  private boolean bucket(byte[] page, int from, int to, long timestamp)
      throws Malformed, SyntaxError, CharacterCodingException {
    double cumulative = 0;
    double bound = 0;
    ProtobufExemplar exemplar = null;
    in.over(page, from, to);
    for (int tag; (tag = in.tag()) != 0; ) {
      switch (tag >>> 3) {
        case 1 -> cumulative = unsigned(in.varint());
        case 4 -> cumulative = Math.max(cumulative, in.eightBytes());
        case 2 -> bound = in.eightBytes();
        case 3 -> {
          int end = in.lengthOf();
          exemplar = ProtobufExemplar.read(page, in.at, end);
          in.over(page, end, to);
        }
        default -> in.skip(tag);
      }
    }
    visitor.sample(series.text("_bucket", "le", bound), cumulative, timestamp);
    started();
    if (exemplar != null) tell(exemplar);
    return bound == Double.POSITIVE_INFINITY;
  }
}
