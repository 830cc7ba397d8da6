package io.oriel.wire.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.nio.charset.CharacterCodingException;

/**
 * The series of one metric of a protobuf page, as the text that would name it: {@code
 * {"http_requests_total","code"="200"}}. So whoever knows series by their text knows these too.
 */
final class ProtobufSeries {
  private static final int NAME = Fields.tag(1, Fields.BYTES);
  private static final int VALUE = Fields.tag(2, Fields.BYTES);

  private final int longest;
  private final StringBuilder labels = new StringBuilder();
  private final Fields in = new Fields("the page is no list of metric families");
  private String name = "";

  ProtobufSeries(Limits limits) {
    this.longest = (int) Math.min(limits.of(Limit.SCRAPE_LINE_BYTES), Integer.MAX_VALUE);
  }

  void begin(String metric) {
    name = metric;
    labels.setLength(0);
  }

  /** Adds a label pair. */
  void label(byte[] page, int from, int to) throws Malformed, CharacterCodingException {
    String label = "";
    String value = "";
    in.over(page, from, to);
    for (int tag; (tag = in.tag()) != 0; ) {
      if (tag == NAME) label = in.text(in.lengthOf());
      else if (tag == VALUE) value = in.text(in.lengthOf());
      else in.skip(tag);
    }
    labels.append(',');
    pair(labels, label, value);
  }

  private static void pair(StringBuilder into, String label, String value) {
    quoted(into, label);
    into.append('=');
    quoted(into, value);
  }

  static void quoted(StringBuilder into, String text) {
    into.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') into.append("\\n");
      else if (c == '"' || c == '\\') into.append('\\').append(c);
      else into.append(c);
    }
    into.append('"');
  }

  /** The series with something behind the metric's name: "", "_sum"... */
  SeriesText text(String suffix) throws SyntaxError {
    return text(suffix, "");
  }

  /** The same with one more label, whose value is a number: a bound, a quantile. */
  SeriesText text(String suffix, String label, double value) throws SyntaxError {
    var more = new StringBuilder(",");
    pair(more, label, FloatText.canonical(FloatText.of(value)));
    return text(suffix, more.toString());
  }

  private SeriesText text(String suffix, String more) throws SyntaxError {
    var text = new StringBuilder(64 + labels.length()).append('{');
    quoted(text, name + suffix);
    text.append(labels).append(more).append('}');
    return of(text, longest, true);
  }

  static SeriesText of(StringBuilder text, int longest, boolean named) throws SyntaxError {
    byte[] bytes = text.toString().getBytes(UTF_8);
    var page = new Page(bytes, bytes.length, longest);
    page.checkLength(0, bytes.length);
    return new SeriesText(page, new LabelReader(page, Dialect.STRICT, named))
        .set(0, bytes.length, SeriesText.AS_WRITTEN);
  }
}
