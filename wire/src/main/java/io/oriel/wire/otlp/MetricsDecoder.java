package io.oriel.wire.otlp;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.wire.otlp.MetricHead.Kind;
import io.oriel.wire.otlp.MetricHead.Temporality;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.util.SortedMap;

/**
 * Reads an {@code ExportMetricsServiceRequest} as it streams past. What stands around points is
 * looked for first, since fields may come in any order. One use; one thread.
 *
 * <p>Source: {@code opentelemetry/proto/metrics/v1/metrics.proto}, {@code common/v1/common.proto}.
 */
public final class MetricsDecoder {
  private static final String SUBJECT = "the body is no OTLP metrics request";
  private static final int RESOURCE_METRICS = Fields.tag(1, Fields.BYTES);
  private static final int RESOURCE = Fields.tag(1, Fields.BYTES);
  private static final int SCOPE_METRICS = Fields.tag(2, Fields.BYTES);
  private static final int ATTRIBUTE_OF_RESOURCE = Fields.tag(1, Fields.BYTES);
  private static final int SCOPE = Fields.tag(1, Fields.BYTES);
  private static final int METRIC = Fields.tag(2, Fields.BYTES);
  private static final int SCHEMA_URL = Fields.tag(3, Fields.BYTES);
  private static final int SCOPE_NAME = Fields.tag(1, Fields.BYTES);
  private static final int SCOPE_VERSION = Fields.tag(2, Fields.BYTES);
  private static final int ATTRIBUTE_OF_SCOPE = Fields.tag(3, Fields.BYTES);
  private static final int NAME = Fields.tag(1, Fields.BYTES);
  private static final int DESCRIPTION = Fields.tag(2, Fields.BYTES);
  private static final int UNIT = Fields.tag(3, Fields.BYTES);
  private static final int POINT = Fields.tag(1, Fields.BYTES);
  private static final int TEMPORALITY = Fields.tag(2, Fields.VARINT);
  private static final int MONOTONIC = Fields.tag(3, Fields.VARINT);

  private final Fields fields = new Fields(SUBJECT);
  private final Attributes attributes;
  private final PointReader points;
  private final Limits limits;

  public MetricsDecoder(Limits limits) {
    this.limits = limits;
    this.attributes = new Attributes(fields, limits);
    this.points = new PointReader(fields, attributes, limits);
  }

  /** Does something with the message that ends there; what it leaves unread is passed over. */
  private interface Reading {
    void field(int tag) throws Malformed;
  }

  private void each(int to, Reading reading) throws Malformed {
    int end = fields.end;
    fields.end = to;
    for (int tag; (tag = fields.tag()) != 0; ) reading.field(tag);
    fields.end = end;
  }

  /** The same message once more from its beginning. */
  private void again(int from, int to, Reading reading) throws Malformed {
    fields.at = from;
    each(to, reading);
  }

  /** Reads a request. Where it breaks off, the visitor has heard of what stands before. */
  public void decode(byte[] request, int length, MetricsVisitor visitor) throws Malformed {
    fields.over(request, 0, length);
    each(
        length,
        tag -> {
          if (tag == RESOURCE_METRICS) resourceMetrics(fields.lengthOf(), visitor);
          else fields.skip(tag);
        });
  }

  private void resourceMetrics(int to, MetricsVisitor visitor) throws Malformed {
    int from = fields.at;
    SortedMap<String, String> resource = Attributes.none();
    each(
        to,
        tag -> {
          if (tag == RESOURCE) attributes(fields.lengthOf(), ATTRIBUTE_OF_RESOURCE, resource);
          else fields.skip(tag);
        });
    visitor.resource(resource);
    again(
        from,
        to,
        tag -> {
          if (tag == SCOPE_METRICS) scopeMetrics(fields.lengthOf(), visitor);
          else fields.skip(tag);
        });
    visitor.resourceEnds();
  }

  private void attributes(int to, int field, SortedMap<String, String> into) throws Malformed {
    each(
        to,
        tag -> {
          if (tag == field) attributes.read(fields.lengthOf(), into);
          else fields.skip(tag);
        });
  }

  private void scopeMetrics(int to, MetricsVisitor visitor) throws Malformed {
    int from = fields.at;
    SortedMap<String, String> found = Attributes.none();
    String[] words = {"", "", ""}; // name, version, schema
    each(
        to,
        tag -> {
          if (tag == SCOPE) scope(fields.lengthOf(), words, found);
          else if (tag == SCHEMA_URL) words[2] = attributes.shortText();
          else fields.skip(tag);
        });
    visitor.scope(new Scope(words[0], words[1], words[2], found));
    again(
        from,
        to,
        tag -> {
          if (tag == METRIC) metric(fields.lengthOf(), visitor);
          else fields.skip(tag);
        });
  }

  private void scope(int to, String[] words, SortedMap<String, String> found) throws Malformed {
    each(
        to,
        tag -> {
          if (tag == SCOPE_NAME) words[0] = attributes.shortText();
          else if (tag == SCOPE_VERSION) words[1] = attributes.shortText();
          else if (tag == ATTRIBUTE_OF_SCOPE) attributes.read(fields.lengthOf(), found);
          else fields.skip(tag);
        });
  }

  /** What is said of a metric before its points are read. */
  private static final class Said {
    String name = "";
    String wrong = ""; // why it is not read
    String description = "";
    String unit = "";
    Kind kind = Kind.NONE;
    long temporality;
    boolean monotonic;
    int from; // where its data begin and end
    int to;
  }

  private void metric(int to, MetricsVisitor visitor) throws Malformed {
    var said = new Said();
    each(
        to,
        tag -> {
          if (tag == NAME) name(said);
          else if (tag == DESCRIPTION) said.description = attributes.shortText();
          else if (tag == UNIT) said.unit = attributes.shortText();
          else if (kind(tag) != Kind.NONE) data(kind(tag), said);
          else fields.skip(tag);
        });
    if (said.wrong.isEmpty()) tell(said, visitor);
    if (said.kind != Kind.NONE) points(said, visitor);
    fields.at = to;
  }

  /** A name that no series may have is not even copied. */
  private void name(Said said) throws Malformed {
    int length = fields.lengthOf() - fields.at;
    said.wrong = "";
    try {
      limits.check(Limit.LABEL_VALUE_BYTES, length, "the name of a metric");
      said.name = KnownTexts.text(fields, fields.at + length);
    } catch (Refusal.LimitReached e) {
      said.wrong = String.valueOf(e.getMessage());
      fields.at += length;
    }
  }

  private static void tell(Said said, MetricsVisitor visitor) {
    visitor.metric(
        new MetricHead(
            said.name,
            said.description,
            said.unit,
            said.kind,
            temporality(said.temporality),
            said.monotonic));
  }

  private void points(Said said, MetricsVisitor visitor) throws Malformed {
    again(
        said.from,
        said.to,
        tag -> {
          if (tag == POINT && said.wrong.isEmpty()) {
            point(said.kind, fields.lengthOf(), visitor);
            return;
          }
          if (tag == POINT) visitor.wrongPoint(said.wrong);
          fields.skip(tag);
        });
  }

  private void point(Kind kind, int to, MetricsVisitor visitor) throws Malformed {
    int end = fields.end;
    Point point;
    try {
      point = points.read(kind, to);
    } catch (Refusal.LimitReached e) {
      fields.at = to;
      fields.end = end;
      visitor.wrongPoint(String.valueOf(e.getMessage()));
      return;
    }
    visitor.point(point);
  }

  private void data(Kind kind, Said said) throws Malformed {
    said.kind = kind;
    said.to = fields.lengthOf();
    said.from = fields.at;
    each(
        said.to,
        tag -> {
          if (tag == TEMPORALITY) said.temporality = fields.varint();
          else if (tag == MONOTONIC) said.monotonic = fields.varint() != 0;
          else fields.skip(tag);
        });
  }

  private static Kind kind(int tag) {
    if ((tag & 7) != Fields.BYTES) return Kind.NONE;
    return switch (tag >>> 3) {
      case 5 -> Kind.GAUGE;
      case 7 -> Kind.SUM;
      case 9 -> Kind.HISTOGRAM;
      case 10 -> Kind.EXPONENTIAL;
      case 11 -> Kind.SUMMARY;
      default -> Kind.NONE;
    };
  }

  private static Temporality temporality(long number) {
    if (number == 1) return Temporality.DELTA;
    return number == 2 ? Temporality.CUMULATIVE : Temporality.UNSPECIFIED;
  }
}
