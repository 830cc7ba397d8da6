package io.oriel.wire.remotewrite;

import io.oriel.model.MetricMetadata;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import io.oriel.wire.remotewrite.PushedSeries.WrongLabels;

/**
 * Reads a request of version 2: first its table of texts, then series by series. Fields that are
 * not known are passed over; fields may come in any order. Reused; one thread at a time.
 *
 * <p>Source: {@code io/prometheus/write/v2/types.proto} of Prometheus. A start time is taken from
 * the sample, or from the series, where senders of the first hour have it.
 */
public final class Write2Decoder {
  private static final int SYMBOL = Fields.tag(4, Fields.BYTES);
  private static final int SERIES = Fields.tag(5, Fields.BYTES);
  private static final int REFS = 1;
  private static final int SAMPLE = Fields.tag(2, Fields.BYTES);
  private static final int HISTOGRAM = Fields.tag(3, Fields.BYTES);
  private static final int EXEMPLAR = Fields.tag(4, Fields.BYTES);
  private static final int METADATA = Fields.tag(5, Fields.BYTES);
  private static final int SERIES_START = Fields.tag(6, Fields.VARINT);
  private static final int VALUE = Fields.tag(1, Fields.EIGHT_BYTES);
  private static final int TIME = Fields.tag(2, Fields.VARINT);
  private static final int START = Fields.tag(3, Fields.VARINT);
  private static final int EXEMPLAR_VALUE = Fields.tag(2, Fields.EIGHT_BYTES);
  private static final int EXEMPLAR_TIME = Fields.tag(3, Fields.VARINT);
  private static final int TYPE = Fields.tag(1, Fields.VARINT);
  private static final int HELP = Fields.tag(3, Fields.VARINT);
  private static final int UNIT = Fields.tag(4, Fields.VARINT);

  private final Fields fields = new Fields(WriteDecoder.SUBJECT);
  private final Limits limits;
  private final SymbolTable symbols;
  private final SeriesRefs series;
  private final SeriesRefs exemplarLabels;
  private final HistogramReader histograms;
  private int seriesCount;
  private long seriesStart;

  public Write2Decoder(Limits limits) {
    this.limits = limits;
    this.symbols = new SymbolTable(limits);
    this.series = new SeriesRefs(symbols, limits);
    this.exemplarLabels = new SeriesRefs(symbols, limits);
    this.histograms = new HistogramReader(limits);
  }

  /** How many texts it has room for: whoever keeps it may mind. */
  public int room() {
    return symbols.room();
  }

  /**
   * Reads a request. Where it breaks off, the visitor has heard of what stands before.
   *
   * @param length how many bytes count
   * @throws Refusal.LimitReached when there are too many texts or series
   */
  public void decode(byte[] request, int length, WriteVisitor visitor) throws Malformed {
    symbols.over(request);
    seriesCount = 0;
    fields.over(request, 0, length);
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == SYMBOL) symbol(fields.lengthOf());
      else fields.skip(tag);
    }
    fields.over(request, 0, length);
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == SERIES) series(fields.lengthOf(), visitor);
      else fields.skip(tag);
    }
  }

  private void symbol(int to) {
    symbols.add(fields.at, to);
    fields.at = to;
  }

  /** Twice over the series: its labels may stand behind its samples. */
  private void series(int to, WriteVisitor visitor) throws Malformed {
    limits.check(Limit.WRITE_SERIES, ++seriesCount, "the pushed request");
    int requestEnd = fields.end;
    int from = fields.at;
    fields.end = to;
    look();
    visitor.series(series);
    fields.at = from;
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == SAMPLE) sample(fields.lengthOf(), visitor);
      else if (tag == HISTOGRAM) histograms.tell(fields, fields.lengthOf(), seriesStart, visitor);
      else if (tag == EXEMPLAR) exemplar(fields.lengthOf(), visitor);
      else if (tag == METADATA) metadata(fields.lengthOf(), visitor);
      else fields.skip(tag);
    }
    fields.end = requestEnd;
  }

  private void look() throws Malformed {
    series.clear();
    seriesStart = 0;
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag >>> 3 == REFS && series.read(fields, tag)) continue;
      if (tag == SERIES_START) {
        seriesStart = fields.varint();
        continue;
      }
      series.hasSamples |= tag == SAMPLE;
      series.hasHistograms |= tag == HISTOGRAM;
      fields.skip(tag);
    }
  }

  /** What protobuf does not write is zero. */
  private void sample(int to, WriteVisitor visitor) throws Malformed {
    int seriesEnd = fields.end;
    fields.end = to;
    long time = 0;
    double value = 0;
    long start = 0;
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == VALUE) value = fields.eightBytes();
      else if (tag == TIME) time = fields.varint();
      else if (tag == START) start = fields.varint();
      else fields.skip(tag);
    }
    visitor.sample(time, value, start == 0 ? seriesStart : start);
    fields.end = seriesEnd;
  }

  private void exemplar(int to, WriteVisitor visitor) throws Malformed {
    int seriesEnd = fields.end;
    fields.end = to;
    exemplarLabels.clear();
    long time = 0;
    double value = 0;
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == EXEMPLAR_VALUE) value = fields.eightBytes();
      else if (tag == EXEMPLAR_TIME) time = fields.varint();
      else if (tag >>> 3 != REFS || !exemplarLabels.read(fields, tag)) fields.skip(tag);
    }
    try {
      visitor.exemplar(exemplarLabels.labels(limits), value, time);
    } catch (WrongLabels | Refusal.LimitReached e) {
      visitor.wrongExemplar(String.valueOf(e.getMessage()));
    }
    fields.end = seriesEnd;
  }

  private void metadata(int to, WriteVisitor visitor) throws Malformed {
    int seriesEnd = fields.end;
    fields.end = to;
    long type = 0;
    long help = 0;
    long unit = 0;
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == TYPE) type = fields.varint();
      else if (tag == HELP) help = fields.varint();
      else if (tag == UNIT) unit = fields.varint();
      else fields.skip(tag);
    }
    fields.end = seriesEnd;
    int name = series.name();
    boolean says = type != 0 || help != 0 || unit != 0;
    if (name >= 0 && says && visitor.isNews(symbols.first(name), news(name, type, help, unit))) {
      tell(name, WriteDecoder.type(type), help, unit, visitor);
    }
  }

  private long news(int name, long type, long help, long unit) {
    long news = symbols.second(name) + 31 * type;
    news = 31 * news + (symbols.has(help) ? symbols.second((int) help) : 0);
    return 31 * news + (symbols.has(unit) ? symbols.second((int) unit) : 0);
  }

  private void tell(int name, MetricMetadata.Type type, long help, long unit, WriteVisitor visitor)
      throws Malformed {
    String metric = symbols.textOrNone(name);
    var said = new MetricMetadata(type, symbols.textOrNone(help), symbols.textOrNone(unit));
    if (!metric.isEmpty()) visitor.metadata(family(metric, type), said);
  }

  /** The metric that is described: parts of a histogram or summary are named after it. */
  private static String family(String metric, MetricMetadata.Type type) {
    return switch (type) {
      case HISTOGRAM -> without(metric, "_bucket", "_count", "_sum");
      case GAUGE_HISTOGRAM -> without(metric, "_bucket", "_gcount", "_gsum");
      case SUMMARY -> without(metric, "_count", "_sum");
      case COUNTER, GAUGE, INFO, STATESET, UNKNOWN -> metric;
    };
  }

  private static String without(String metric, String... endings) {
    for (String ending : endings) {
      if (metric.endsWith(ending) && metric.length() > ending.length()) {
        return metric.substring(0, metric.length() - ending.length());
      }
    }
    return metric;
  }
}
