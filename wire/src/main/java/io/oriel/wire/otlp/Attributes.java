package io.oriel.wire.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.util.Base64;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads attributes; values that are no text become one, as OpenTelemetry's specification has it for
 * systems that know only text: lists and maps are written as JSON. Of what is longer than a label's
 * value may be, a little more is read than that: enough for the store to refuse it by name.
 */
final class Attributes {
  private static final int KEY = Fields.tag(1, Fields.BYTES);
  private static final int VALUE = Fields.tag(2, Fields.BYTES);
  private static final int TEXT = Fields.tag(1, Fields.BYTES);
  private static final int BOOL = Fields.tag(2, Fields.VARINT);
  private static final int INT = Fields.tag(3, Fields.VARINT);
  private static final int DOUBLE = Fields.tag(4, Fields.EIGHT_BYTES);
  private static final int LIST = Fields.tag(5, Fields.BYTES);
  private static final int MAP = Fields.tag(6, Fields.BYTES);
  private static final int RAW = Fields.tag(7, Fields.BYTES);
  private static final int ELEMENT = Fields.tag(1, Fields.BYTES);
  private static final int DEEPEST = 16;

  private final Fields fields;
  private final Limits limits;
  private final KnownTexts texts = new KnownTexts();
  private final int longest; // one byte more than a label's value may have, so that it is told

  Attributes(Fields fields, Limits limits) {
    this.fields = fields;
    this.limits = limits;
    this.longest = (int) Math.min(limits.of(Limit.LABEL_VALUE_BYTES) + 1, Integer.MAX_VALUE / 8);
  }

  static SortedMap<String, String> none() {
    return new TreeMap<>();
  }

  /** Reads one attribute, which begins here and ends there, into others. */
  void read(int to, SortedMap<String, String> into) throws Malformed {
    int end = fields.end;
    fields.end = to;
    String key = "";
    String value = "";
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == KEY) key = shortText();
      else if (tag == VALUE) value = value(fields.lengthOf(), 0, false);
      else fields.skip(tag);
    }
    fields.end = end;
    boolean hasRoom = into.size() <= limits.of(Limit.LABELS_PER_SERIES); // one too many is told
    if (hasRoom && !key.isEmpty()) into.put(key, value);
  }

  /** A text of which no more is read than makes it too long for a label. */
  String shortText() throws Malformed {
    return shortText(fields.lengthOf());
  }

  private String shortText(int to) throws Malformed {
    if (to - fields.at <= longest) return texts.read(fields, to);
    String begin = new String(fields.bytes, fields.at, longest, UTF_8); // a cut letter is no matter
    fields.at = to;
    return begin;
  }

  private String value(int to, int depth, boolean inJson) throws Malformed {
    if (depth > DEEPEST) throw fields.wrong("values lie deeper than " + DEEPEST + " in each other");
    int end = fields.end;
    fields.end = to;
    String value = inJson ? "null" : "";
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == TEXT) value = quoted(shortText(), inJson);
      else if (tag == BOOL) value = String.valueOf(fields.varint() != 0);
      else if (tag == INT) value = String.valueOf(fields.varint());
      else if (tag == DOUBLE) value = number(fields.eightBytes());
      else if (tag == RAW) value = quoted(base64(fields.lengthOf()), inJson);
      else if (tag == LIST) value = list(fields.lengthOf(), depth);
      else if (tag == MAP) value = map(fields.lengthOf(), depth);
      else fields.skip(tag);
    }
    fields.end = end;
    return value;
  }

  private static String number(double value) {
    return value == (long) value && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  private String base64(int to) {
    int taken = Math.min(to, fields.at + longest);
    byte[] raw = java.util.Arrays.copyOfRange(fields.bytes, fields.at, taken);
    fields.at = to;
    return Base64.getEncoder().encodeToString(raw);
  }

  private String list(int to, int depth) throws Malformed {
    int end = fields.end;
    fields.end = to;
    var json = new StringBuilder("[");
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag != ELEMENT || json.length() > longest) {
        fields.skip(tag);
        continue;
      }
      if (json.length() > 1) json.append(',');
      json.append(value(fields.lengthOf(), depth + 1, true));
    }
    fields.end = end;
    return json.append(']').toString();
  }

  private String map(int to, int depth) throws Malformed {
    int end = fields.end;
    fields.end = to;
    var json = new StringBuilder("{");
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag != ELEMENT || json.length() > longest) {
        fields.skip(tag);
        continue;
      }
      if (json.length() > 1) json.append(',');
      pair(fields.lengthOf(), depth, json);
    }
    fields.end = end;
    return json.append('}').toString();
  }

  private void pair(int to, int depth, StringBuilder json) throws Malformed {
    int end = fields.end;
    fields.end = to;
    String key = "";
    String value = "null";
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == KEY) key = shortText();
      else if (tag == VALUE) value = value(fields.lengthOf(), depth + 1, true);
      else fields.skip(tag);
    }
    fields.end = end;
    json.append(quoted(key, true)).append(':').append(value);
  }

  private static String quoted(String text, boolean inJson) {
    if (!inJson) return text;
    var json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') json.append('\\').append(c);
      else if (c < ' ') json.append("\\u00").append(HexFormat.of().toHexDigits((byte) c));
      else json.append(c);
    }
    return json.append('"').toString();
  }
}
