package io.oriel.wire.exposition;

import io.oriel.model.MetricMetadata;

/** What both text formats have in common: finding where a series ends, names, types, numbers. */
abstract class PageParser {
  final Page page;
  final SampleVisitor visitor;
  final SeriesText series;
  final MetadataText metadata;
  int form = SeriesText.AS_WRITTEN; // by the last TYPE line, whatever metric it was about

  PageParser(Page page, Dialect dialect, SampleVisitor visitor) {
    this.page = page;
    this.visitor = visitor;
    this.series = new SeriesText(page, new LabelReader(page, dialect, true));
    this.metadata = new MetadataText(page, dialect);
  }

  abstract void parse() throws SyntaxError;

  /** The place behind the name that begins here; the same place when none does. */
  final int nameEnd(int from) {
    int at = from;
    if (!Dialect.isNameStart(page.at(at))) return at;
    while (Dialect.isNamePart(page.at(at))) at++;
    return at;
  }

  /** The place behind the brace that closes the one here; what is between is read later. */
  final int bracesEnd(int from) throws SyntaxError {
    byte[] bytes = page.bytes;
    for (int at = from + 1; at < page.end; at++) {
      byte c = bytes[at];
      if (c == '"') at = quotesEnd(at) - 1;
      else if (c == '}') return at + 1;
      else if (c == '\n') break;
    }
    throw page.error(from, "the labels have no closing brace");
  }

  /** The place behind the quotes that begin here. */
  final int quotesEnd(int from) throws SyntaxError {
    byte[] bytes = page.bytes;
    for (int at = from + 1; at < page.end; at++) {
      byte c = bytes[at];
      if (c == '"') return at + 1;
      if (c == '\\') at++;
      else if (c == '\n' && !lineBreakInQuotes()) break;
    }
    throw page.error(from, "a text in quotes has no closing quote");
  }

  abstract boolean lineBreakInQuotes();

  final double number(int from, int to) throws SyntaxError {
    try {
      return Decimals.parse(page.bytes, from, to);
    } catch (NumberFormatException e) {
      throw page.error(from, String.valueOf(e.getMessage()));
    }
  }

  /** The metric name behind HELP, TYPE or UNIT; gives the place behind it. */
  final int metadataName(int from) throws SyntaxError {
    int to = page.at(from) == '"' ? quotesEnd(from) : nameEnd(from);
    if (to == from) {
      throw page.error(from, "expected a metric name behind " + metadata.kind());
    }
    metadata.name(from, to);
    return to;
  }

  final void type(String wordForUnknown, int known) throws SyntaxError {
    MetricMetadata.Type type = null;
    for (int i = 0; i < known; i++) {
      MetricMetadata.Type each = TYPES[i];
      if (metadata.textIs(each.text())) type = each;
    }
    if (metadata.textIs(wordForUnknown)) type = MetricMetadata.Type.UNKNOWN;
    if (type == null) throw page.error(metadata.from(), "there is no such metric type");
    metadata.type(type);
    form =
        switch (type) {
          case HISTOGRAM -> SeriesText.HISTOGRAM;
          case SUMMARY -> SeriesText.SUMMARY;
          default -> SeriesText.AS_WRITTEN;
        };
  }

  /** Those of the text format first. */
  private static final MetricMetadata.Type[] TYPES = {
    MetricMetadata.Type.COUNTER,
    MetricMetadata.Type.GAUGE,
    MetricMetadata.Type.HISTOGRAM,
    MetricMetadata.Type.SUMMARY,
    MetricMetadata.Type.INFO,
    MetricMetadata.Type.STATESET,
    MetricMetadata.Type.GAUGE_HISTOGRAM
  };
}
