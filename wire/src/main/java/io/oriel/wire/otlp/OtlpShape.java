package io.oriel.wire.otlp;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of OTLP metrics as tables: what JSON calls a field, its number and kind. Numbers are
 * those of {@code metrics.proto}, {@code common.proto} and {@code resource.proto}.
 */
final class OtlpShape {
  /** How a value is written in JSON and in protobuf. */
  enum Kind {
    TEXT,
    HEX,
    BASE64,
    DOUBLE,
    FIXED,
    VARINT,
    ZIGZAG,
    BOOL,
    TEMPORALITY,
    MESSAGE
  }

  /** A field of a message. */
  record Field(String name, int number, Kind kind, OtlpShape message) {}

  static final OtlpShape REQUEST = new OtlpShape();
  private static final OtlpShape RESOURCE_METRICS = new OtlpShape();
  private static final OtlpShape RESOURCE = new OtlpShape();
  private static final OtlpShape SCOPE_METRICS = new OtlpShape();
  private static final OtlpShape SCOPE = new OtlpShape();
  private static final OtlpShape METRIC = new OtlpShape();
  private static final OtlpShape GAUGE = new OtlpShape();
  private static final OtlpShape SUM = new OtlpShape();
  private static final OtlpShape HISTOGRAM = new OtlpShape();
  private static final OtlpShape EXPONENTIAL = new OtlpShape();
  private static final OtlpShape SUMMARY = new OtlpShape();
  private static final OtlpShape NUMBER_POINT = new OtlpShape();
  private static final OtlpShape HISTOGRAM_POINT = new OtlpShape();
  private static final OtlpShape EXPONENTIAL_POINT = new OtlpShape();
  private static final OtlpShape SIDE = new OtlpShape();
  private static final OtlpShape SUMMARY_POINT = new OtlpShape();
  private static final OtlpShape QUANTILE = new OtlpShape();
  private static final OtlpShape EXEMPLAR = new OtlpShape();
  private static final OtlpShape KEY_VALUE = new OtlpShape();
  private static final OtlpShape ANY = new OtlpShape();
  private static final OtlpShape LIST = new OtlpShape();

  static {
    REQUEST.has("resourceMetrics", 1, RESOURCE_METRICS);
    RESOURCE_METRICS.has("resource", 1, RESOURCE).has("scopeMetrics", 2, SCOPE_METRICS);
    RESOURCE.has("attributes", 1, KEY_VALUE);
    SCOPE_METRICS.has("scope", 1, SCOPE).has("metrics", 2, METRIC).has("schemaUrl", 3, Kind.TEXT);
    SCOPE.has("name", 1, Kind.TEXT).has("version", 2, Kind.TEXT).has("attributes", 3, KEY_VALUE);
    METRIC
        .has("name", 1, Kind.TEXT)
        .has("description", 2, Kind.TEXT)
        .has("unit", 3, Kind.TEXT)
        .has("gauge", 5, GAUGE)
        .has("sum", 7, SUM)
        .has("histogram", 9, HISTOGRAM)
        .has("exponentialHistogram", 10, EXPONENTIAL)
        .has("summary", 11, SUMMARY);
    GAUGE.has("dataPoints", 1, NUMBER_POINT);
    SUM.has("dataPoints", 1, NUMBER_POINT)
        .has("aggregationTemporality", 2, Kind.TEMPORALITY)
        .has("isMonotonic", 3, Kind.BOOL);
    HISTOGRAM
        .has("dataPoints", 1, HISTOGRAM_POINT)
        .has("aggregationTemporality", 2, Kind.TEMPORALITY);
    EXPONENTIAL
        .has("dataPoints", 1, EXPONENTIAL_POINT)
        .has("aggregationTemporality", 2, Kind.TEMPORALITY);
    SUMMARY.has("dataPoints", 1, SUMMARY_POINT);
    NUMBER_POINT
        .times()
        .has("attributes", 7, KEY_VALUE)
        .has("asDouble", 4, Kind.DOUBLE)
        .has("asInt", 6, Kind.FIXED)
        .has("exemplars", 5, EXEMPLAR)
        .has("flags", 8, Kind.VARINT);
    HISTOGRAM_POINT
        .times()
        .has("attributes", 9, KEY_VALUE)
        .has("count", 4, Kind.FIXED)
        .has("sum", 5, Kind.DOUBLE)
        .has("bucketCounts", 6, Kind.FIXED)
        .has("explicitBounds", 7, Kind.DOUBLE)
        .has("exemplars", 8, EXEMPLAR)
        .has("flags", 10, Kind.VARINT);
    EXPONENTIAL_POINT
        .times()
        .has("attributes", 1, KEY_VALUE)
        .has("count", 4, Kind.FIXED)
        .has("sum", 5, Kind.DOUBLE)
        .has("scale", 6, Kind.ZIGZAG)
        .has("zeroCount", 7, Kind.FIXED)
        .has("positive", 8, SIDE)
        .has("negative", 9, SIDE)
        .has("flags", 10, Kind.VARINT)
        .has("exemplars", 11, EXEMPLAR)
        .has("zeroThreshold", 14, Kind.DOUBLE);
    SIDE.has("offset", 1, Kind.ZIGZAG).has("bucketCounts", 2, Kind.VARINT);
    SUMMARY_POINT
        .times()
        .has("attributes", 7, KEY_VALUE)
        .has("count", 4, Kind.FIXED)
        .has("sum", 5, Kind.DOUBLE)
        .has("quantileValues", 6, QUANTILE)
        .has("flags", 8, Kind.VARINT);
    QUANTILE.has("quantile", 1, Kind.DOUBLE).has("value", 2, Kind.DOUBLE);
    EXEMPLAR
        .has("filteredAttributes", 7, KEY_VALUE)
        .has("timeUnixNano", 2, Kind.FIXED)
        .has("asDouble", 3, Kind.DOUBLE)
        .has("asInt", 6, Kind.FIXED)
        .has("spanId", 4, Kind.HEX)
        .has("traceId", 5, Kind.HEX);
    KEY_VALUE.has("key", 1, Kind.TEXT).has("value", 2, ANY);
    ANY.has("stringValue", 1, Kind.TEXT)
        .has("boolValue", 2, Kind.BOOL)
        .has("intValue", 3, Kind.VARINT)
        .has("doubleValue", 4, Kind.DOUBLE)
        .has("arrayValue", 5, LIST)
        .has("kvlistValue", 6, map())
        .has("bytesValue", 7, Kind.BASE64);
    LIST.has("values", 1, ANY);
  }

  private final Map<String, Field> fields = new HashMap<>();

  private OtlpShape() {}

  private static OtlpShape map() {
    return new OtlpShape().has("values", 1, KEY_VALUE);
  }

  private OtlpShape times() {
    return has("startTimeUnixNano", 2, Kind.FIXED).has("timeUnixNano", 3, Kind.FIXED);
  }

  private OtlpShape has(String name, int number, Kind kind) {
    return has(new Field(name, number, kind, this));
  }

  private OtlpShape has(String name, int number, OtlpShape message) {
    return has(new Field(name, number, Kind.MESSAGE, message));
  }

  private OtlpShape has(Field field) {
    fields.put(field.name(), field);
    fields.put(snake(field.name()), field);
    return this;
  }

  private static String snake(String camel) {
    var snake = new StringBuilder();
    for (int i = 0; i < camel.length(); i++) {
      char c = camel.charAt(i);
      if (Character.isUpperCase(c)) snake.append('_');
      snake.append(Character.toLowerCase(c));
    }
    return snake.toString();
  }

  /** The field that JSON calls so; null where there is none. */
  @Nullable Field field(String name) {
    return fields.get(name);
  }
}
