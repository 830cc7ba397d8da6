package io.oriel.wire.remotewrite;

import io.oriel.model.MetricMetadata;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code io.prometheus.write.v2.Request}: texts stand once in a table, and what is known of a
 * metric goes with each of its series.
 *
 * <p>Source: {@code io/prometheus/write/v2/types.proto}.
 */
final class RequestBuilder2 extends RequestBuilder {
  private static final int NAME = 1; // the symbol __name__, added first
  private static final String[] SUFFIXES = {"_total", "_bucket", "_count", "_sum", "_created"};

  private final Fields fields = new Fields("a series on its way");
  private final Symbols symbols = new Symbols();
  private final FieldWriter all = new FieldWriter();
  private final FieldWriter series = new FieldWriter();
  private final FieldWriter inner = new FieldWriter();
  private final FieldWriter refs = new FieldWriter();
  private @Nullable MetricMetadata[] known = new @Nullable MetricMetadata[64]; // by name's symbol
  private boolean[] asked = new boolean[64];

  RequestBuilder2(Parts parts) {
    super(parts);
    clear();
  }

  @Override
  public WriteVersion version() {
    return WriteVersion.V2;
  }

  @Override
  public void clear() {
    super.clear();
    symbols.clear();
    symbols.of("__name__");
    Arrays.fill(known, null);
    Arrays.fill(asked, false);
  }

  @Override
  public void series(
      byte[] message, int from, int to, long oldestMs, Map<String, MetricMetadata> said)
      throws Malformed {
    int before = samples + histograms + exemplars;
    int name = labels(message, from, to);
    series.clear().message(1, refs);
    fields.over(message, from, to);
    for (int tag; (tag = fields.tag()) != 0; ) {
      int end = fields.lengthOf();
      if (tag == SeriesFields.SAMPLE) sample(end, oldestMs);
      else if (tag == SeriesFields.HISTOGRAM) histogram(end, oldestMs);
      else if (tag == SeriesFields.EXEMPLAR && parts.exemplars()) exemplar(end);
      fields.at = end;
    }
    if (samples + histograms + exemplars == before) return;
    metadata(metadataOf(name, said));
    request.message(5, series);
  }

  /** Fills the references; gives the symbol of the metric's name. */
  private int labels(byte[] message, int from, int to) throws Malformed {
    refs.clear();
    int name = 0;
    fields.over(message, from, to);
    for (int tag; (tag = fields.tag()) != 0; ) {
      int end = fields.lengthOf();
      if (tag == SeriesFields.LABEL) {
        int of = label(end);
        if (of >= 0) name = of;
      }
      fields.at = end;
    }
    return name;
  }

  /** Adds a label's references; gives its value's where it is the name of the metric, else -1. */
  private int label(int to) throws Malformed {
    int end = fields.end;
    fields.end = to;
    int name = 0;
    int value = 0;
    for (int tag; (tag = fields.tag()) != 0; ) {
      int last = fields.lengthOf();
      int symbol = symbols.of(fields.bytes, fields.at, last);
      if (tag == SeriesFields.LABEL_NAME) name = symbol;
      else if (tag == SeriesFields.LABEL_VALUE) value = symbol;
      fields.at = last;
    }
    fields.end = end;
    refs.varint(name).varint(value);
    return name == NAME ? value : -1;
  }

  private void sample(int to, long oldestMs) throws Malformed {
    int end = fields.end;
    fields.end = to;
    double value = 0;
    long time = 0;
    long start = 0;
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == SeriesFields.SAMPLE_VALUE) value = fields.eightBytes();
      else if (tag == SeriesFields.SAMPLE_TIME) time = fields.varint();
      else if (tag == SeriesFields.SAMPLE_START) start = fields.varint();
      else fields.skip(tag);
    }
    fields.end = end;
    if (time < oldestMs) {
      tooOld++;
      return;
    }
    inner.clear().eightBytes(1, value).number(2, time);
    if (start != 0 && start <= time) inner.number(3, start);
    series.message(2, inner);
    sawSample(time);
  }

  private void histogram(int to, long oldestMs) throws Malformed {
    int end = fields.end;
    int from = fields.at;
    fields.end = to;
    long time = 0;
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == SeriesFields.HISTOGRAM_TIME) time = fields.varint();
      else fields.skip(tag);
    }
    fields.end = end;
    if (!parts.histograms()) {
      notWanted++;
      return;
    }
    if (time < oldestMs) {
      tooOld++;
      return;
    }
    series.message(3, inner.clear().raw(fields.bytes, from, to - from));
    sawHistogram(time);
  }

  private void exemplar(int to) throws Malformed {
    int end = fields.end;
    fields.end = to;
    refs.clear();
    double value = 0;
    long time = 0;
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == SeriesFields.EXEMPLAR_LABEL) {
        int last = fields.lengthOf();
        label(last);
        fields.at = last;
      } else if (tag == SeriesFields.EXEMPLAR_VALUE) value = fields.eightBytes();
      else if (tag == SeriesFields.EXEMPLAR_TIME) time = fields.varint();
      else fields.skip(tag);
    }
    fields.end = end;
    inner.clear();
    if (refs.size() > 0) inner.message(1, refs);
    series.message(4, inner.eightBytes(2, value).number(3, time));
    exemplars++;
  }

  /** Looked up once a name and request. */
  private @Nullable MetricMetadata metadataOf(int name, Map<String, MetricMetadata> said) {
    if (name == 0 || said.isEmpty()) return null;
    if (name >= asked.length) {
      asked = Arrays.copyOf(asked, 2 * name);
      known = Arrays.copyOf(known, 2 * name);
    }
    if (!asked[name]) {
      asked[name] = true;
      known[name] = find(symbols.text(name), said);
    }
    return known[name];
  }

  /** Series of a family carry its name and more: foo_bucket belongs to foo. */
  private static @Nullable MetricMetadata find(String metric, Map<String, MetricMetadata> said) {
    MetricMetadata found = said.get(metric);
    for (String suffix : SUFFIXES) {
      if (found != null) return found;
      if (metric.endsWith(suffix)) {
        found = said.get(metric.substring(0, metric.length() - suffix.length()));
      }
    }
    return found;
  }

  private void metadata(@Nullable MetricMetadata said) {
    if (said == null) return;
    inner.clear().number(1, WriteDecoder.number(said.type()));
    if (!said.help().isEmpty()) inner.number(3, symbols.of(said.help()));
    if (!said.unit().isEmpty()) inner.number(4, symbols.of(said.unit()));
    series.message(5, inner);
  }

  @Override
  public byte[] body() {
    all.clear();
    symbols.writeTo(all, 4);
    request.appendTo(all);
    return all.packed();
  }
}
