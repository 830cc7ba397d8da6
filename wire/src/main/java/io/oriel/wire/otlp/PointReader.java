package io.oriel.wire.otlp;

import io.oriel.model.Exemplar;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.wire.otlp.MetricHead.Kind;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Reads one point of any kind; each kind numbers its fields in its own way. */
final class PointReader {
  private static final int NO_VALUE = 1; // the flag
  private static final int START = Fields.tag(2, Fields.EIGHT_BYTES); // in all kinds
  private static final int TIME = Fields.tag(3, Fields.EIGHT_BYTES);
  private static final double NORMAL_ZERO_THRESHOLD = 1e-128; // as Prometheus has it
  private static final long NANOS = 1_000_000; // in a millisecond
  private static final long EXEMPLAR_WEIGHT = 8; // samples that one is as large as, at least

  private final Fields fields;
  private final Attributes attributes;
  private final Limits limits;
  private final ExemplarReader exemplarReader;

  // what all kinds have
  private SortedMap<String, String> own = Attributes.none();
  private List<Exemplar> exemplars = new ArrayList<>();
  private long start;
  private long time;
  private long flags;

  PointReader(Fields fields, Attributes attributes, Limits limits) {
    this.fields = fields;
    this.attributes = attributes;
    this.limits = limits;
    this.exemplarReader = new ExemplarReader(fields, attributes);
  }

  Point read(Kind kind, int to) throws Malformed {
    own = Attributes.none();
    exemplars = new ArrayList<>(0);
    start = 0;
    time = 0;
    flags = 0;
    int end = fields.end;
    fields.end = to;
    Point point =
        switch (kind) {
          case HISTOGRAM -> buckets();
          case EXPONENTIAL -> exponential();
          case SUMMARY -> summary();
          case GAUGE, SUM, NONE -> number();
        };
    fields.end = end;
    return point;
  }

  /** Reads a field that all kinds have, by the numbers that this kind has for it. */
  private void common(int tag, int attributeField, int exemplarField, int flagsField)
      throws Malformed {
    if (tag == START) start = millis(fields.fixed());
    else if (tag == TIME) time = millis(fields.fixed());
    else if (tag == Fields.tag(attributeField, Fields.BYTES)) {
      attributes.read(fields.lengthOf(), own);
    } else if (tag == Fields.tag(exemplarField, Fields.BYTES)) {
      limits.check(
          Limit.WRITE_SAMPLES, EXEMPLAR_WEIGHT * (exemplars.size() + 1L), "a pushed point");
      exemplars.add(exemplarReader.read(fields.lengthOf()));
    } else if (tag == Fields.tag(flagsField, Fields.VARINT)) flags = fields.varint();
    else fields.skip(tag);
  }

  static long millis(long nanos) {
    return Long.divideUnsigned(nanos, NANOS);
  }

  private Point.Head head() {
    return new Point.Head(own, start, time, (flags & NO_VALUE) != 0);
  }

  private Point number() throws Malformed {
    double value = 0;
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == Fields.tag(4, Fields.EIGHT_BYTES)) value = fields.eightBytes();
      else if (tag == Fields.tag(6, Fields.EIGHT_BYTES)) value = fields.fixed();
      else common(tag, 7, 5, 8);
    }
    return new Point.Single(head(), value, exemplars);
  }

  private Point buckets() throws Malformed {
    double count = 0;
    double sum = 0;
    boolean hasSum = false;
    var counts = new Numbers(Numbers.Form.FIXED, limits);
    var bounds = new Numbers(Numbers.Form.DOUBLE, limits);
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == Fields.tag(4, Fields.EIGHT_BYTES)) count = Numbers.unsigned(fields.fixed());
      else if (tag == Fields.tag(5, Fields.EIGHT_BYTES)) {
        sum = fields.eightBytes();
        hasSum = true;
      } else if (tag >>> 3 == 6) counts.read(fields, tag);
      else if (tag >>> 3 == 7) bounds.read(fields, tag);
      else common(tag, 9, 8, 10);
    }
    return new Point.Buckets(
        head(), count, hasSum, sum, counts.toArray(), bounds.toArray(), exemplars);
  }

  private Point exponential() throws Malformed {
    double count = 0;
    double sum = 0;
    int scale = 0;
    double zeroCount = 0;
    double zeroThreshold = 0;
    Point.Side positive = Point.Side.NONE;
    Point.Side negative = Point.Side.NONE;
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == Fields.tag(4, Fields.EIGHT_BYTES)) count = Numbers.unsigned(fields.fixed());
      else if (tag == Fields.tag(5, Fields.EIGHT_BYTES)) sum = fields.eightBytes();
      else if (tag == Fields.tag(6, Fields.VARINT)) scale = (int) Fields.zigzag(fields.varint());
      else if (tag == Fields.tag(7, Fields.EIGHT_BYTES)) {
        zeroCount = Numbers.unsigned(fields.fixed());
      } else if (tag == Fields.tag(14, Fields.EIGHT_BYTES)) zeroThreshold = fields.eightBytes();
      else if (tag == Fields.tag(8, Fields.BYTES)) positive = side(fields.lengthOf());
      else if (tag == Fields.tag(9, Fields.BYTES)) negative = side(fields.lengthOf());
      else common(tag, 1, 11, 10);
    }
    double threshold = zeroThreshold == 0 ? NORMAL_ZERO_THRESHOLD : zeroThreshold;
    return new Point.Exponential(
        head(), count, sum, scale, zeroCount, threshold, positive, negative, exemplars);
  }

  private Point.Side side(int to) throws Malformed {
    int end = fields.end;
    fields.end = to;
    int offset = 0;
    var counts = new Numbers(Numbers.Form.VARINT, limits);
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == Fields.tag(1, Fields.VARINT)) offset = (int) Fields.zigzag(fields.varint());
      else if (tag >>> 3 == 2) counts.read(fields, tag);
      else fields.skip(tag);
    }
    fields.end = end;
    return new Point.Side(offset, counts.toArray());
  }

  private Point summary() throws Malformed {
    double count = 0;
    double sum = 0;
    var quantiles = new ArrayList<double[]>();
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == Fields.tag(4, Fields.EIGHT_BYTES)) count = Numbers.unsigned(fields.fixed());
      else if (tag == Fields.tag(5, Fields.EIGHT_BYTES)) sum = fields.eightBytes();
      else if (tag == Fields.tag(6, Fields.BYTES)) quantiles.add(quantile(fields.lengthOf()));
      else common(tag, 7, 0, 8);
      limits.check(Limit.HISTOGRAM_BUCKETS, quantiles.size(), "a pushed summary");
    }
    return new Point.Summary(
        head(),
        count,
        sum,
        quantiles.stream().mapToDouble(pair -> pair[0]).toArray(),
        quantiles.stream().mapToDouble(pair -> pair[1]).toArray());
  }

  private double[] quantile(int to) throws Malformed {
    int end = fields.end;
    fields.end = to;
    double[] pair = new double[2];
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == Fields.tag(1, Fields.EIGHT_BYTES)) pair[0] = fields.eightBytes();
      else if (tag == Fields.tag(2, Fields.EIGHT_BYTES)) pair[1] = fields.eightBytes();
      else fields.skip(tag);
    }
    fields.end = end;
    return pair;
  }
}
