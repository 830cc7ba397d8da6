package io.oriel.wire.exposition;

/**
 * OpenMetrics 1.0: one blank everywhere, no free comments, no empty lines, {@code # EOF} once and
 * last.
 *
 * <p>Source: the OpenMetrics 1.0 specification, and where it is silent Prometheus' parser.
 */
final class OpenMetricsParser extends PageParser {
  private static final int TYPES_OF_OPEN_METRICS = 7;
  private final SeriesText exemplar;
  private final LabelReader exemplarLabels;
  private int at;

  OpenMetricsParser(Page page, SampleVisitor visitor) {
    super(page, Dialect.STRICT, visitor);
    this.exemplarLabels = new LabelReader(page, Dialect.STRICT, false);
    this.exemplar = new SeriesText(page, exemplarLabels);
  }

  @Override
  boolean lineBreakInQuotes() {
    return false;
  }

  @Override
  void parse() throws SyntaxError {
    while (at < page.end) {
      int line = at;
      if (page.bytes[at] != '#') {
        sample();
      } else if (startsWith(at, "# EOF")) {
        end();
        return;
      } else {
        metadata();
      }
      page.checkLength(line, at);
    }
    throw page.error(page.end, "the page does not end with # EOF: it was cut off");
  }

  private void end() throws SyntaxError {
    at += 5;
    if (at < page.end && page.bytes[at] == '\n') at++;
    if (at < page.end) throw page.error(at, "something follows # EOF");
  }

  private void metadata() throws SyntaxError {
    metadata.begin(kind(), at);
    int name = at + 7; // "# HELP "
    at = metadataName(name);
    int textTo = page.endOfLine(at);
    if (textTo == page.end) throw page.error(at, "the page ends within a line");
    if (page.at(at) != ' ') throw page.error(at, "expected one blank behind the metric name");
    metadata.text(at + 1, textTo);
    at = textTo + 1;
    switch (metadata.kind()) {
      case TYPE -> type("unknown", TYPES_OF_OPEN_METRICS);
      case UNIT -> {
        boolean fits = metadata.textIs("") || metadata.nameEndsInText();
        if (!fits) throw page.error(name, "the metric name does not end in _ and the unit");
      }
      case HELP -> page.checkUtf8(metadata.from(), textTo);
    }
    visitor.metadata(metadata);
  }

  private MetadataText.Kind kind() throws SyntaxError {
    if (startsWith(at, "# HELP ")) return MetadataText.Kind.HELP;
    if (startsWith(at, "# TYPE ")) return MetadataText.Kind.TYPE;
    if (startsWith(at, "# UNIT ")) return MetadataText.Kind.UNIT;
    throw page.error(at, "OpenMetrics knows # HELP, # TYPE, # UNIT and # EOF, no other comments");
  }

  private void sample() throws SyntaxError {
    int from = at;
    at = nameEnd(from);
    if (page.at(at) == '{') at = bracesEnd(at);
    if (at == from) throw page.error(from, "a line begins neither with a metric name nor with {");
    int to = at;
    double value = token("value");
    long timestamp = SampleVisitor.NO_TIMESTAMP;
    if (page.at(at) == ' ' && page.at(at + 1) != '#') timestamp = milliseconds(token("time"));
    int exemplarFrom = 0;
    int exemplarTo = 0;
    double exemplarValue = 0;
    long exemplarMs = SampleVisitor.NO_TIMESTAMP;
    if (startsWith(at, " # {")) {
      exemplarFrom = at + 3;
      exemplarTo = at = bracesEnd(exemplarFrom);
      exemplarValue = token("value of the exemplar");
      if (page.at(at) == ' ') exemplarMs = milliseconds(token("time of the exemplar"));
      exemplarLabels.check(exemplarFrom, exemplarTo);
    }
    if (at >= page.end) throw page.error(from, "the page ends within a line: it was cut off");
    if (page.at(at) != '\n') throw page.error(at, "something stands behind the sample");
    at++;
    visitor.sample(series.set(from, to, form), value, timestamp);
    if (exemplarFrom > 0 && visitor.wantsExemplars()) {
      exemplar.set(exemplarFrom, exemplarTo, SeriesText.AS_WRITTEN);
      visitor.exemplar(exemplar, exemplarValue, exemplarMs);
    }
  }

  /** A blank and the number behind it. */
  private double token(String what) throws SyntaxError {
    int from = at + 1;
    boolean there = page.at(at) == ' ' && page.at(from) != ' ' && page.at(from) != '\n';
    if (!there) throw page.error(at, "expected one blank and the " + what);
    at = from;
    while (at < page.end && page.bytes[at] != ' ' && page.bytes[at] != '\n') at++;
    return number(from, at);
  }

  /** Seconds with fraction; what is finer than a millisecond is cut. */
  private long milliseconds(double seconds) throws SyntaxError {
    if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
      throw page.error(at - 1, "a time is not a finite number");
    }
    return (long) (seconds * 1000);
  }

  private boolean startsWith(int from, String word) {
    for (int i = 0; i < word.length(); i++) if (page.at(from + i) != word.charAt(i)) return false;
    return true;
  }
}
