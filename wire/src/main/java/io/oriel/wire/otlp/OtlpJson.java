package io.oriel.wire.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.Malformed;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Writes a request that is JSON over as protobuf. Names are those of the specification ({@code
 * timeUnixNano}); the original ones of the message ({@code time_unix_nano}) are read too. Numbers
 * of 64 bits may be texts, trace and span ids are hexadecimal, what is not known is passed over.
 *
 * <p>Source: OTLP's specification, "JSON Protobuf Encoding".
 */
public final class OtlpJson {
  private static final int DEEPEST = 64;
  private static final int LONGEST_TEXT = 1 << 20; // far above what a label may have
  private static final int LONGEST_NUMBER = 400;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxStringLength(LONGEST_TEXT)
                  .build())
          .build();

  private final JsonParser in;
  private final FieldWriter out;
  private final Limits limits;

  private OtlpJson(JsonParser in, FieldWriter out, Limits limits) {
    this.in = in;
    this.out = out;
    this.limits = limits;
  }

  /**
   * The same request as protobuf.
   *
   * @throws Malformed when it is no JSON, or a value is not of its field's kind
   * @throws io.oriel.model.limit.Refusal.LimitReached when it is larger than a request may be:
   *     protobuf is shorter than JSON, but for long lists of small numbers
   */
  public static FieldWriter toProtobuf(byte[] json, Limits limits) throws Malformed {
    try (JsonParser in = JSON.createParser(json)) {
      if (in.nextToken() != JsonToken.START_OBJECT) throw wrong(in, "it is no object");
      var out = new FieldWriter(json.length / 2 + 64);
      new OtlpJson(in, out, limits).message(OtlpShape.REQUEST);
      return out;
    } catch (IOException | IllegalArgumentException e) {
      throw new Malformed(
          "the body is no OTLP metrics request in JSON: " + firstLine(e.getMessage()));
    }
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "it can't be read" : text.lines().findFirst().orElse("");
  }

  private static Malformed wrong(JsonParser in, String what) {
    var at = in.currentLocation();
    return new Malformed(
        "the body is no OTLP metrics request in JSON: %s at line %d, column %d"
            .formatted(what, at.getLineNr(), at.getColumnNr()));
  }

  private void message(OtlpShape shape) throws IOException, Malformed {
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      OtlpShape.Field field = shape.field(name);
      if (field == null) in.skipChildren();
      else values(field);
    }
  }

  private void values(OtlpShape.Field field) throws IOException, Malformed {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      value(field);
      return;
    }
    while (in.nextToken() != JsonToken.END_ARRAY) value(field);
  }

  private void value(OtlpShape.Field field) throws IOException, Malformed {
    JsonToken token = in.currentToken();
    if (token == null) throw wrong(in, "it ends early");
    if (token == JsonToken.VALUE_NULL) return;
    if ((token == JsonToken.START_OBJECT) != (field.kind() == OtlpShape.Kind.MESSAGE)
        || token == JsonToken.START_ARRAY) {
      throw wrong(in, field.name() + " is of another kind");
    }
    int number = field.number();
    switch (field.kind()) {
      case TEXT -> out.text(number, in.getText());
      case HEX -> bytes(number, HexFormat.of().parseHex(in.getText()));
      case BASE64 -> bytes(number, Base64.getDecoder().decode(in.getText()));
      case DOUBLE -> out.eightBytes(number, real());
      case FIXED -> out.eightBytes(number, Double.longBitsToDouble(whole()));
      case VARINT -> out.number(number, whole());
      case ZIGZAG -> {
        long value = whole();
        out.number(number, (value << 1) ^ (value >> 63));
      }
      case BOOL -> out.number(number, in.getBooleanValue() ? 1 : 0);
      case TEMPORALITY -> out.number(number, temporality());
      case MESSAGE -> {
        int begin = out.begin(number);
        message(field.message());
        out.end(begin);
      }
    }
    limits.check(Limit.WRITE_BODY_BYTES, out.size(), "the pushed request, written as protobuf,");
  }

  private void bytes(int number, byte[] content) {
    out.bytes(number, content, content.length);
  }

  private double real() throws IOException, Malformed {
    return in.currentToken() == JsonToken.VALUE_STRING
        ? Double.parseDouble(number())
        : in.getDoubleValue();
  }

  private long whole() throws IOException, Malformed {
    return new BigInteger(number()).longValue();
  }

  /** A number that stands there as such or as a text. */
  private String number() throws IOException, Malformed {
    if (in.getTextLength() > LONGEST_NUMBER) throw wrong(in, "a number is too long");
    return in.getText();
  }

  private long temporality() throws IOException {
    if (in.currentToken() != JsonToken.VALUE_STRING) return in.getLongValue();
    return switch (in.getText()) {
      case "AGGREGATION_TEMPORALITY_DELTA" -> 1;
      case "AGGREGATION_TEMPORALITY_CUMULATIVE" -> 2;
      default -> 0;
    };
  }
}
