package io.oriel.wire.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
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
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxNumberLength(400).build())
          .build();

  private OtlpJson() {}

  /**
   * The same request as protobuf.
   *
   * @throws Malformed when it is no JSON, or a value is not of its field's kind
   */
  public static byte[] toProtobuf(byte[] json) throws Malformed {
    try (JsonParser in = JSON.createParser(json)) {
      if (in.nextToken() != JsonToken.START_OBJECT) throw wrong(in, "it is no object");
      return message(in, OtlpShape.REQUEST).toBytes();
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

  private static FieldWriter message(JsonParser in, OtlpShape shape) throws IOException, Malformed {
    var out = new FieldWriter();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      OtlpShape.Field field = shape.field(name);
      if (field == null) in.skipChildren();
      else values(in, field, out);
    }
    return out;
  }

  private static void values(JsonParser in, OtlpShape.Field field, FieldWriter out)
      throws IOException, Malformed {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      value(in, field, out);
      return;
    }
    while (in.nextToken() != JsonToken.END_ARRAY) value(in, field, out);
  }

  private static void value(JsonParser in, OtlpShape.Field field, FieldWriter out)
      throws IOException, Malformed {
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
      case HEX -> bytes(out, number, HexFormat.of().parseHex(in.getText()));
      case BASE64 -> bytes(out, number, Base64.getDecoder().decode(in.getText()));
      case DOUBLE -> out.eightBytes(number, real(in));
      case FIXED -> out.eightBytes(number, Double.longBitsToDouble(whole(in)));
      case VARINT -> out.number(number, whole(in));
      case ZIGZAG -> {
        long value = whole(in);
        out.number(number, (value << 1) ^ (value >> 63));
      }
      case BOOL -> out.number(number, in.getBooleanValue() ? 1 : 0);
      case TEMPORALITY -> out.number(number, temporality(in));
      case MESSAGE -> out.message(number, message(in, field.message()));
    }
  }

  private static void bytes(FieldWriter out, int number, byte[] content) {
    out.bytes(number, content, content.length);
  }

  private static double real(JsonParser in) throws IOException {
    return in.currentToken() == JsonToken.VALUE_STRING
        ? Double.parseDouble(in.getText())
        : in.getDoubleValue();
  }

  private static long whole(JsonParser in) throws IOException {
    return new BigInteger(in.getText()).longValue();
  }

  private static long temporality(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_STRING) return in.getLongValue();
    return switch (in.getText()) {
      case "AGGREGATION_TEMPORALITY_DELTA" -> 1;
      case "AGGREGATION_TEMPORALITY_CUMULATIVE" -> 2;
      default -> 0;
    };
  }
}
