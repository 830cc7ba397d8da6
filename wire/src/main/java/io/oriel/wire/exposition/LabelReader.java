package io.oriel.wire.exposition;

import io.oriel.model.Labels;
import java.util.Arrays;

/**
 * Reads {@code name{label="value",...}} or {@code {"name",label="value",...}} into labels. Used for
 * series that are seen for the first time, so it may allocate.
 */
final class LabelReader {
  private final Page page;
  private final Dialect dialect;
  private final boolean named; // whether a metric name belongs to it; an exemplar has none

  private int at;
  private int end;
  private boolean hasName;
  private String[] pairs = new String[16];
  private int size;

  LabelReader(Page page, Dialect dialect, boolean named) {
    this.page = page;
    this.dialect = dialect;
    this.named = named;
  }

  /** One that reads the same way from other bytes. */
  LabelReader over(Page other) {
    return new LabelReader(other, dialect, named);
  }

  /** Checks the form alone; what is between quotes is not looked at. */
  void check(int from, int to) throws SyntaxError {
    walk(from, to, false, SeriesText.AS_WRITTEN);
  }

  Labels read(int from, int to, int form) throws SyntaxError {
    walk(from, to, true, form);
    return sorted(from);
  }

  private void walk(int from, int to, boolean build, int form) throws SyntaxError {
    at = from;
    end = to;
    size = 0;
    hasName = false;
    if (named && Dialect.isNameStart(page.at(at))) {
      while (at < end && Dialect.isNamePart(page.bytes[at])) at++;
      if (build) add(Labels.NAME, page.text(from, at));
      hasName = true;
      skipBlanks();
    }
    if (at < end) braces(build, form);
    if (named && !hasName) throw page.error(from, "there is no metric name");
  }

  private void braces(boolean build, int form) throws SyntaxError {
    at++; // the opening one: the parser found both
    skipBlanks();
    while (page.at(at) != '}') {
      item(build, form);
      skipBlanks();
      if (page.at(at) == ',') {
        at++;
        skipBlanks();
      } else if (page.at(at) != '}' && dialect == Dialect.STRICT) {
        throw page.error(at, "expected a comma or } but found " + found());
      }
    }
  }

  /** One label, or the metric name in quotes: that is a quoted word without = behind it. */
  private void item(boolean build, int form) throws SyntaxError {
    boolean quoted = page.at(at) == '"';
    String name = quoted ? quotedWord(build) : bareWord(build);
    skipBlanks();
    if (quoted && named && page.at(at) != '=') {
      if (hasName) throw page.error(at, "there are two metric names");
      hasName = true;
      if (build) add(Labels.NAME, name);
      return;
    }
    if (page.at(at) != '=') {
      throw page.error(at, "expected = behind a label name but found " + found());
    }
    at++;
    skipBlanks();
    if (page.at(at) != '"') {
      throw page.error(at, "expected a label value in double quotes but found " + found());
    }
    String value = quotedWord(build);
    if (build) add(name, isCanonical(name, form) ? FloatText.canonical(value) : value);
  }

  private String bareWord(boolean build) throws SyntaxError {
    int from = at;
    if (!Dialect.isLabelStart(page.at(at))) {
      throw page.error(at, "expected a label name but found " + found());
    }
    while (Dialect.isLabelPart(page.at(at))) at++;
    return build ? page.text(from, at) : "";
  }

  /** A quoted text without its quotes; the parser has seen its end. */
  private String quotedWord(boolean build) throws SyntaxError {
    int from = ++at;
    while (page.bytes[at] != '"') at += page.bytes[at] == '\\' ? 2 : 1;
    int to = at++;
    return build ? Escapes.undo(page.text(from, to), true) : "";
  }

  private void skipBlanks() {
    if (dialect == Dialect.STRICT) return;
    while (at < end && Dialect.isBlank(page.bytes[at])) at++;
  }

  private static boolean isCanonical(String name, int form) {
    return (form == SeriesText.HISTOGRAM && name.equals("le"))
        || (form == SeriesText.SUMMARY && name.equals("quantile"));
  }

  private void add(String name, String value) {
    if (size == pairs.length) pairs = Arrays.copyOf(pairs, 2 * size);
    pairs[size++] = name;
    pairs[size++] = value;
  }

  private String found() {
    return at >= end ? "the end of the labels" : "'" + page.excerpt(at, at + 1) + "'";
  }

  /** By insertion: label sets are short, and mostly sorted already. */
  private Labels sorted(int from) throws SyntaxError {
    int kept = 0;
    for (int i = 0; i < size; i += 2) {
      String name = pairs[i];
      String value = pairs[i + 1];
      int j = kept;
      for (; j > 0 && pairs[j - 2].compareTo(name) >= 0; j -= 2) {
        if (pairs[j - 2].equals(name)) throw page.error(from, "the label " + name + " comes twice");
        pairs[j] = pairs[j - 2];
        pairs[j + 1] = pairs[j - 1];
      }
      pairs[j] = name;
      pairs[j + 1] = value;
      kept += 2;
    }
    return Labels.ofSorted(withoutEmpty());
  }

  /** A label with an empty value is the same as no label. */
  private String[] withoutEmpty() {
    var full = new String[size];
    int n = 0;
    for (int i = 0; i < size; i += 2) {
      if (pairs[i + 1].isEmpty()) continue;
      full[n++] = pairs[i];
      full[n++] = pairs[i + 1];
    }
    return n == size ? full : Arrays.copyOf(full, n);
  }
}
