package io.oriel.wire.exposition;

/**
 * Prometheus' text format 0.0.4. Lenient about blanks, as the original is.
 *
 * <p>Source: Prometheus, {@code model/textparse}, by the cases that its parser answers.
 */
final class TextParser extends PageParser {
  private static final int TYPES_OF_TEXT = 4;
  private int at;

  TextParser(Page page, SampleVisitor visitor) {
    super(page, Dialect.LOOSE, visitor);
  }

  @Override
  boolean lineBreakInQuotes() {
    return true;
  }

  @Override
  void parse() throws SyntaxError {
    while (true) {
      skipBlanks();
      if (at >= page.end) return;
      byte first = page.bytes[at];
      int line = at;
      if (first == '\n') at++;
      else if (first == '#') comment();
      else sample();
      page.checkLength(line, at);
    }
  }

  private void sample() throws SyntaxError {
    int from = at;
    seriesEnd();
    int to = at;
    skipBlanks();
    int valueFrom = at;
    while (at < page.end && !endsValue(page.bytes[at])) at++;
    if (at == valueFrom) throw page.error(from, "there is no value behind the series");
    double value = number(valueFrom, at);
    skipBlanks();
    long timestamp = timestamp();
    if (page.at(at) != '\n') throw page.error(at, "something stands behind value and time");
    at++;
    visitor.sample(series.set(from, to, form), value, timestamp);
  }

  private void seriesEnd() throws SyntaxError {
    int from = at;
    at = nameEnd(from);
    int afterName = at;
    skipBlanks();
    if (page.at(at) == '{') {
      at = bracesEnd(at);
    } else if (afterName == from) {
      throw page.error(from, "a line begins neither with a metric name nor with {");
    } else if (at == afterName && page.at(at) != '\n') {
      throw page.error(from, "the metric name holds what needs {\"...\"} around it");
    } else {
      at = afterName;
    }
  }

  private static boolean endsValue(byte c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '{';
  }

  /** Whole milliseconds without sign. */
  private long timestamp() throws SyntaxError {
    int from = at;
    long ms = 0;
    for (; at < page.end && page.bytes[at] >= '0' && page.bytes[at] <= '9'; at++) {
      int digit = page.bytes[at] - '0';
      if (ms > (Long.MAX_VALUE - digit) / 10) throw page.error(from, "the time is too large");
      ms = ms * 10 + digit;
    }
    if (at == from) return SampleVisitor.NO_TIMESTAMP;
    skipBlanks();
    return ms;
  }

  private void comment() throws SyntaxError {
    int line = at;
    int word = at + 1;
    while (Dialect.isBlank(page.at(word))) word++;
    MetadataText.Kind kind = word == line + 1 ? null : kind(word);
    if (kind == null) {
      at = page.endOfLine(at) + 1;
      return;
    }
    metadata.begin(kind, line);
    at = word + 4;
    skipBlanks();
    at = metadataName(at);
    int textTo = page.endOfLine(at);
    metadata.text(
        Math.min(at + 1, textTo), textTo); // one blank parts them, more belong to the text
    at = textTo + 1;
    if (kind == MetadataText.Kind.TYPE) type("untyped", TYPES_OF_TEXT);
    else page.checkUtf8(metadata.from(), textTo);
    visitor.metadata(metadata);
  }

  private MetadataText.@org.jspecify.annotations.Nullable Kind kind(int word) {
    if (!Dialect.isBlank(page.at(word + 4))) return null;
    if (startsWith(word, "HELP")) return MetadataText.Kind.HELP;
    if (startsWith(word, "TYPE")) return MetadataText.Kind.TYPE;
    return null;
  }

  private boolean startsWith(int from, String word) {
    for (int i = 0; i < word.length(); i++) if (page.at(from + i) != word.charAt(i)) return false;
    return true;
  }

  private void skipBlanks() {
    while (at < page.end && Dialect.isBlank(page.bytes[at])) at++;
  }
}
