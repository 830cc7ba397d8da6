package io.oriel.wire.remotewrite;

import io.oriel.model.MetricMetadata;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.util.Map;

/** {@code prometheus.WriteRequest}: start times stay here, all else is taken over. */
final class RequestBuilder1 extends RequestBuilder {
  private final Fields fields = new Fields("a series on its way");
  private final FieldWriter series = new FieldWriter();
  private final FieldWriter inner = new FieldWriter();

  RequestBuilder1(Parts parts) {
    super(parts);
  }

  @Override
  public WriteVersion version() {
    return WriteVersion.V1;
  }

  @Override
  public void series(
      byte[] message, int from, int to, long oldestMs, Map<String, MetricMetadata> said)
      throws Malformed {
    series.clear();
    int before = samples + histograms + exemplars;
    fields.over(message, from, to);
    for (int tag; (tag = fields.tag()) != 0; ) {
      int end = fields.lengthOf();
      if (tag == SeriesFields.LABEL) series.part(1, message, fields.at, end);
      else if (tag == SeriesFields.SAMPLE) sample(end, oldestMs);
      else if (tag == SeriesFields.HISTOGRAM) histogram(end, oldestMs);
      else if (tag == SeriesFields.EXEMPLAR && parts.exemplars()) {
        series.part(3, message, fields.at, end);
        exemplars++;
      }
      fields.at = end;
    }
    if (samples + histograms + exemplars > before) request.message(1, series);
  }

  private void sample(int to, long oldestMs) throws Malformed {
    int end = fields.end;
    fields.end = to;
    double value = 0;
    long time = 0;
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == SeriesFields.SAMPLE_VALUE) value = fields.eightBytes();
      else if (tag == SeriesFields.SAMPLE_TIME) time = fields.varint();
      else fields.skip(tag);
    }
    fields.end = end;
    if (time < oldestMs) {
      tooOld++;
      return;
    }
    series.message(2, inner.clear().eightBytes(1, value).number(2, time));
    sawSample(time);
  }

  private void histogram(int to, long oldestMs) throws Malformed {
    int end = fields.end;
    fields.end = to;
    long time = 0;
    inner.clear();
    for (int at = fields.at, tag; (tag = fields.tag()) != 0; at = fields.at) {
      if (tag == SeriesFields.HISTOGRAM_TIME) time = fields.varint();
      else fields.skip(tag);
      if (tag != SeriesFields.HISTOGRAM_START) inner.raw(fields.bytes, at, fields.at - at);
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
    series.message(4, inner);
    sawHistogram(time);
  }

  @Override
  public byte[] body() {
    return request.packed();
  }
}
