package io.oriel.wire.exposition;

import io.oriel.model.MetricMetadata;
import io.oriel.model.limit.Limits;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/**
 * Prometheus' protocol buffers: one {@code io.prometheus.client.MetricFamily} behind another, each
 * with its length before it. A metric is told as the text formats would: a series for its value, or
 * for each bucket, quantile, sum and count; beside them its native histogram where it has one.
 *
 * <p>Source: prometheus/client_model, {@code metrics.proto}.
 */
final class ProtobufParser {
  // fields of MetricFamily and Metric, with their wire types
  private static final int NAME = Fields.tag(1, Fields.BYTES);
  private static final int HELP = Fields.tag(2, Fields.BYTES);
  private static final int TYPE = Fields.tag(3, Fields.VARINT);
  private static final int METRIC = Fields.tag(4, Fields.BYTES);
  private static final int UNIT = Fields.tag(5, Fields.BYTES);
  private static final int LABEL = Fields.tag(1, Fields.BYTES);
  private static final int GAUGE = Fields.tag(2, Fields.BYTES);
  private static final int COUNTER = Fields.tag(3, Fields.BYTES);
  private static final int SUMMARY = Fields.tag(4, Fields.BYTES);
  private static final int UNTYPED = Fields.tag(5, Fields.BYTES);
  private static final int TIMESTAMP_MS = Fields.tag(6, Fields.VARINT);
  private static final int HISTOGRAM = Fields.tag(7, Fields.BYTES);

  private static final MetricMetadata.Type[] TYPES = {
    MetricMetadata.Type.COUNTER,
    MetricMetadata.Type.GAUGE,
    MetricMetadata.Type.SUMMARY,
    MetricMetadata.Type.UNKNOWN,
    MetricMetadata.Type.HISTOGRAM,
    MetricMetadata.Type.GAUGE_HISTOGRAM
  };

  private final Fields in = new Fields("the page is no list of metric families");
  private final byte[] page;
  private final int length;
  private final SampleVisitor visitor;
  private final ProtobufSeries series;
  private final ProtobufHistogram histogram;

  // of the family that is read
  private String name = "";
  private String help = "";
  private String unit = "";
  private MetricMetadata.Type type = MetricMetadata.Type.UNKNOWN;

  ProtobufParser(byte[] page, int length, Limits limits, SampleVisitor visitor) {
    this.page = page;
    this.length = length;
    this.visitor = visitor;
    this.series = new ProtobufSeries(limits);
    this.histogram = new ProtobufHistogram(series, visitor);
  }

  void parse() throws SyntaxError {
    in.over(page, 0, length);
    int number = 0;
    try {
      while (in.at < length) {
        number++;
        int end = in.lengthOf();
        family(in.at, end);
        in.over(page, end, length);
      }
    } catch (Malformed e) {
      throw new SyntaxError(number, String.valueOf(e.getMessage()));
    } catch (CharacterCodingException e) {
      throw new SyntaxError(number, "a text of the metric family '" + name + "' is not UTF-8");
    }
  }

  /** First what the family is, wherever it stands, then its metrics. */
  private void family(int from, int to) throws Malformed, SyntaxError, CharacterCodingException {
    name = help = unit = "";
    type = MetricMetadata.Type.COUNTER; // the value 0, which is not written
    in.over(page, from, to);
    for (int tag; (tag = in.tag()) != 0; ) {
      if (tag == NAME) name = in.text(in.lengthOf());
      else if (tag == HELP) help = in.text(in.lengthOf());
      else if (tag == UNIT) unit = in.text(in.lengthOf());
      else if (tag == TYPE) type = typeOf(in.varint());
      else in.skip(tag);
    }
    if (name.isEmpty()) throw in.wrong("a metric family has no name");
    tellMetadata();
    in.over(page, from, to);
    for (int tag; (tag = in.tag()) != 0; ) {
      if (tag != METRIC) {
        in.skip(tag);
        continue;
      }
      int end = in.lengthOf();
      metric(in.at, end);
      in.over(page, end, to);
    }
  }

  private MetricMetadata.Type typeOf(long number) throws Malformed {
    if (number >= 0 && number < TYPES.length) return TYPES[(int) number];
    throw in.wrong("there is no metric type " + number);
  }

  private void tellMetadata() throws SyntaxError {
    visitor.metadata(MetadataText.of(name, MetadataText.Kind.TYPE, type.text(), type));
    if (!help.isEmpty()) {
      visitor.metadata(MetadataText.of(name, MetadataText.Kind.HELP, help, type));
    }
    if (!unit.isEmpty()) {
      visitor.metadata(MetadataText.of(name, MetadataText.Kind.UNIT, unit, type));
    }
  }

  private void metric(int from, int to) throws Malformed, SyntaxError, CharacterCodingException {
    series.begin(name);
    long timestamp = SampleVisitor.NO_TIMESTAMP;
    int value = 0; // the tag of the field that has it, and where it lies
    int valueFrom = 0;
    int valueTo = 0;
    in.over(page, from, to);
    for (int tag; (tag = in.tag()) != 0; ) {
      if (tag == LABEL) {
        int end = in.lengthOf();
        series.label(page, in.at, end);
        in.at = end;
      } else if (tag == TIMESTAMP_MS) {
        timestamp = in.varint();
      } else if (isValue(tag)) {
        value = tag;
        valueTo = in.lengthOf();
        valueFrom = in.at;
        in.at = valueTo;
      } else {
        in.skip(tag);
      }
    }
    if (value == HISTOGRAM) {
      histogram.tell(
          page, valueFrom, valueTo, timestamp, type == MetricMetadata.Type.GAUGE_HISTOGRAM);
    } else if (value == SUMMARY) {
      summary(valueFrom, valueTo, timestamp);
    } else if (value != 0) {
      simple(valueFrom, valueTo, timestamp, value == COUNTER);
    } else {
      throw in.wrong("a metric of '%s' has no value".formatted(name));
    }
  }

  private static boolean isValue(int tag) {
    return tag == GAUGE || tag == COUNTER || tag == SUMMARY || tag == UNTYPED || tag == HISTOGRAM;
  }

  /** A counter, a gauge, an untyped value: a double; of a counter more. */
  private void simple(int from, int to, long timestamp, boolean isCounter)
      throws Malformed, SyntaxError, CharacterCodingException {
    double value = 0;
    long start = SampleVisitor.NO_TIMESTAMP;
    ProtobufExemplar exemplar = null;
    in.over(page, from, to);
    for (int tag; (tag = in.tag()) != 0; ) {
      if (tag == Fields.tag(1, Fields.EIGHT_BYTES)) {
        value = in.eightBytes();
      } else if (isCounter && tag == Fields.tag(2, Fields.BYTES)) {
        int end = in.lengthOf();
        exemplar = ProtobufExemplar.read(page, in.at, end);
        in.at = end;
      } else if (isCounter && tag == Fields.tag(3, Fields.BYTES)) {
        int end = in.lengthOf();
        start = ProtobufExemplar.time(page, in.at, end);
        in.at = end;
      } else {
        in.skip(tag);
      }
    }
    visitor.sample(series.text(""), value, timestamp);
    started(start);
    told(exemplar);
  }

  private void started(long startMs) {
    if (startMs != SampleVisitor.NO_TIMESTAMP) visitor.startOfLast(startMs);
  }

  private void told(@Nullable ProtobufExemplar exemplar) throws SyntaxError {
    if (exemplar != null && visitor.wantsExemplars()) {
      visitor.exemplar(exemplar.labels(), exemplar.value(), exemplar.timeMs());
    }
  }

  private void summary(int from, int to, long timestamp) throws Malformed, SyntaxError {
    double count = 0;
    double sum = 0;
    long start = SampleVisitor.NO_TIMESTAMP;
    in.over(page, from, to);
    for (int tag; (tag = in.tag()) != 0; ) {
      if (tag == Fields.tag(1, Fields.VARINT)) count = in.varint();
      else if (tag == Fields.tag(2, Fields.EIGHT_BYTES)) sum = in.eightBytes();
      else if (tag == Fields.tag(4, Fields.BYTES)) {
        int end = in.lengthOf();
        start = ProtobufExemplar.time(page, in.at, end);
        in.at = end;
      } else in.skip(tag);
    }
    visitor.sample(series.text("_count"), count, timestamp);
    started(start);
    visitor.sample(series.text("_sum"), sum, timestamp);
    started(start);
    in.over(page, from, to);
    for (int tag; (tag = in.tag()) != 0; ) {
      if (tag == Fields.tag(3, Fields.BYTES)) {
        int end = in.lengthOf();
        quantile(in.at, end, timestamp);
        started(start);
        in.over(page, end, to);
      } else in.skip(tag);
    }
  }

  private void quantile(int from, int to, long timestamp) throws Malformed, SyntaxError {
    double quantile = 0;
    double value = 0;
    in.over(page, from, to);
    for (int tag; (tag = in.tag()) != 0; ) {
      if (tag == Fields.tag(1, Fields.EIGHT_BYTES)) quantile = in.eightBytes();
      else if (tag == Fields.tag(2, Fields.EIGHT_BYTES)) value = in.eightBytes();
      else in.skip(tag);
    }
    visitor.sample(series.text("", "quantile", quantile), value, timestamp);
  }
}
