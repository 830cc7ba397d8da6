package io.oriel.wire.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.oriel.model.MetricMetadata;
import java.util.Arrays;

/** One line of HELP, TYPE or UNIT, not read yet. Lent to a visitor for one call. */
public final class MetadataText {
  /** What such a line says. */
  public enum Kind {
    HELP,
    TYPE,
    UNIT
  }

  private final Page page;
  private final Dialect dialect;
  private Kind kind = Kind.HELP;
  private MetricMetadata.Type type = MetricMetadata.Type.UNKNOWN;
  private int lineFrom;
  private int nameFrom;
  private int nameTo;
  private int textFrom;
  private int textTo;

  MetadataText(Page page, Dialect dialect) {
    this.page = page;
    this.dialect = dialect;
  }

  /** What a page without lines says. */
  static MetadataText of(String metric, Kind kind, String text, MetricMetadata.Type type) {
    var line = new StringBuilder(kind.name()).append(' ');
    int nameFrom = line.length();
    ProtobufSeries.quoted(line, metric);
    byte[] before = line.toString().getBytes(UTF_8);
    ProtobufSeries.quoted(line, text);
    byte[] bytes = line.toString().getBytes(UTF_8);
    var said = new MetadataText(new Page(bytes, bytes.length, bytes.length), Dialect.STRICT);
    said.begin(kind, 0);
    said.name(nameFrom, before.length);
    said.text(before.length + 1, bytes.length - 1);
    said.type(type);
    return said;
  }

  void begin(Kind kind, int lineFrom) {
    this.kind = kind;
    this.lineFrom = lineFrom;
  }

  void name(int from, int to) {
    nameFrom = from;
    nameTo = to;
  }

  void text(int from, int to) {
    textFrom = from;
    textTo = to;
  }

  void type(MetricMetadata.Type read) {
    type = read;
  }

  public Kind kind() {
    return kind;
  }

  /** The metric (OpenMetrics: the family), without quotes. */
  public String metric() throws SyntaxError {
    if (page.bytes[nameFrom] != '"') return page.text(nameFrom, nameTo);
    return Escapes.undo(page.text(nameFrom + 1, nameTo - 1), true);
  }

  /** Of a line of TYPE. */
  public MetricMetadata.Type type() {
    return type;
  }

  /** The help or unit. */
  public String text() throws SyntaxError {
    return Escapes.undo(page.text(textFrom, textTo), dialect == Dialect.STRICT);
  }

  /** Of the whole line: a line with the same hash says what it said before. */
  public long hash() {
    return TextHash.of(page.bytes, lineFrom, textTo, 0);
  }

  int from() {
    return lineFrom;
  }

  boolean textIs(String word) {
    if (textTo - textFrom != word.length()) return false;
    for (int i = 0; i < word.length(); i++) {
      if (page.bytes[textFrom + i] != word.charAt(i)) return false;
    }
    return true;
  }

  /** Whether the name ends in the text with an underscore before it. */
  boolean nameEndsInText() {
    int to = page.bytes[nameFrom] == '"' ? nameTo - 1 : nameTo;
    int from = to - (textTo - textFrom);
    return from - 1 > nameFrom
        && page.bytes[from - 1] == '_'
        && Arrays.equals(page.bytes, from, to, page.bytes, textFrom, textTo);
  }
}
