package io.oriel.wire.remotewrite;

import io.oriel.model.MetricMetadata;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import io.oriel.wire.remotewrite.PushedSeries.WrongLabels;
import java.nio.charset.CharacterCodingException;

/**
 * Reads a request of version 1 as it streams past. Fields that are not known are passed over, as
 * protobuf wants it; fields may come in any order. Reused; one thread at a time.
 *
 * <p>Source: {@code prompb/remote.proto} and {@code types.proto} of Prometheus.
 */
public final class WriteDecoder {
  static final String SUBJECT = "the body is no remote write request";
  private static final int SERIES = Fields.tag(1, Fields.BYTES);
  private static final int METADATA = Fields.tag(3, Fields.BYTES);
  private static final int LABEL = Fields.tag(1, Fields.BYTES);
  private static final int SAMPLE = Fields.tag(2, Fields.BYTES);
  private static final int EXEMPLAR = Fields.tag(3, Fields.BYTES);
  private static final int HISTOGRAM = Fields.tag(4, Fields.BYTES);
  private static final int VALUE = Fields.tag(1, Fields.EIGHT_BYTES);
  private static final int TIME = Fields.tag(2, Fields.VARINT);
  private static final int EXEMPLAR_VALUE = Fields.tag(2, Fields.EIGHT_BYTES);
  private static final int EXEMPLAR_TIME = Fields.tag(3, Fields.VARINT);
  private static final int TYPE = Fields.tag(1, Fields.VARINT);
  private static final int METRIC = Fields.tag(2, Fields.BYTES);
  private static final int HELP = Fields.tag(4, Fields.BYTES);
  private static final int UNIT = Fields.tag(5, Fields.BYTES);

  /** By the number that the format has for it. */
  private static final MetricMetadata.Type[] TYPES = {
    MetricMetadata.Type.UNKNOWN,
    MetricMetadata.Type.COUNTER,
    MetricMetadata.Type.GAUGE,
    MetricMetadata.Type.HISTOGRAM,
    MetricMetadata.Type.GAUGE_HISTOGRAM,
    MetricMetadata.Type.SUMMARY,
    MetricMetadata.Type.INFO,
    MetricMetadata.Type.STATESET
  };

  private final Fields fields = new Fields(SUBJECT);
  private final SeriesBytes series = new SeriesBytes();
  private final Limits limits;
  private final HistogramReader histograms;
  private int seriesCount;

  public WriteDecoder(Limits limits) {
    this.limits = limits;
    this.histograms = new HistogramReader(limits);
  }

  /** The number that the format has for a type. */
  static int number(MetricMetadata.Type type) {
    for (int i = 0; i < TYPES.length; i++) if (TYPES[i] == type) return i;
    return 0;
  }

  /**
   * Reads a request. Where it breaks off, the visitor has heard of what stands before.
   *
   * @param length how many bytes count
   * @throws Refusal.LimitReached when there are too many series
   */
  public void decode(byte[] request, int length, WriteVisitor visitor) throws Malformed {
    fields.over(request, 0, length);
    seriesCount = 0;
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == SERIES) series(fields.lengthOf(), visitor);
      else if (tag == METADATA) metadata(fields.lengthOf(), visitor);
      else fields.skip(tag);
    }
  }

  /** Twice over the series: its labels may stand behind its samples. */
  private void series(int to, WriteVisitor visitor) throws Malformed {
    limits.check(Limit.WRITE_SERIES, ++seriesCount, "the pushed request");
    int requestEnd = fields.end;
    int from = fields.at;
    fields.end = to;
    fingerprint(from, to);
    visitor.series(series);
    fields.at = from;
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == SAMPLE) sample(fields.lengthOf(), visitor);
      else if (tag == HISTOGRAM) histogram(fields.lengthOf(), visitor);
      else if (tag == EXEMPLAR) exemplar(fields.lengthOf(), visitor);
      else fields.skip(tag);
    }
    fields.end = requestEnd;
  }

  private void fingerprint(int from, int to) throws Malformed {
    series.over(fields.bytes, from, to);
    for (int tag; (tag = fields.tag()) != 0; ) {
      int begin = fields.at;
      fields.skip(tag);
      if (tag == LABEL) series.hash.add(fields.bytes, begin, fields.at);
    }
  }

  /** What protobuf does not write is zero. */
  private void sample(int to, WriteVisitor visitor) throws Malformed {
    int seriesEnd = fields.end;
    fields.end = to;
    long time = 0;
    double value = 0;
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == VALUE) value = fields.eightBytes();
      else if (tag == TIME) time = fields.varint();
      else fields.skip(tag);
    }
    visitor.sample(time, value, 0);
    fields.end = seriesEnd;
  }

  private void histogram(int to, WriteVisitor visitor) throws Malformed {
    histograms.tell(fields, to, 0, visitor);
  }

  private void exemplar(int to, WriteVisitor visitor) throws Malformed {
    int seriesEnd = fields.end;
    int from = fields.at;
    fields.end = to;
    long time = 0;
    double value = 0;
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == EXEMPLAR_VALUE) value = fields.eightBytes();
      else if (tag == EXEMPLAR_TIME) time = fields.varint();
      else fields.skip(tag);
    }
    fields.at = from;
    try {
      visitor.exemplar(SeriesBytes.read(fields, LABEL, limits), value, time);
    } catch (WrongLabels | Refusal.LimitReached e) {
      visitor.wrongExemplar(String.valueOf(e.getMessage()));
    }
    fields.at = to;
    fields.end = seriesEnd;
  }

  private void metadata(int to, WriteVisitor visitor) throws Malformed {
    int requestEnd = fields.end;
    fields.end = to;
    MetricMetadata.Type type = MetricMetadata.Type.UNKNOWN;
    String metric = "";
    String help = "";
    String unit = "";
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == TYPE) type = type(fields.varint());
      else if (tag == METRIC) metric = text();
      else if (tag == HELP) help = text();
      else if (tag == UNIT) unit = text();
      else fields.skip(tag);
    }
    if (!metric.isEmpty()) visitor.metadata(metric, new MetricMetadata(type, help, unit));
    fields.end = requestEnd;
  }

  /** The type that has this number in both versions of the format. */
  static MetricMetadata.Type type(long number) {
    return number >= 0 && number < TYPES.length ? TYPES[(int) number] : MetricMetadata.Type.UNKNOWN;
  }

  private String text() throws Malformed {
    try {
      return fields.text(fields.lengthOf());
    } catch (CharacterCodingException _) {
      throw fields.wrong("a text is not UTF-8");
    }
  }
}
