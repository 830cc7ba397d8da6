package io.oriel.wire.remoteread;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.wire.protobuf.FieldWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;

/**
 * Writes series as frames, each with chunks of one series: length as a varint, CRC-32C (four bytes,
 * big-endian), message. A long series takes several frames. One thread.
 */
public final class ChunkStream {
  private static final int XOR = 1;
  private static final int FLOAT_HISTOGRAM = 3;

  private final OutputStream out;
  private final int frameBytes;
  private final XorChunk floats = new XorChunk();
  private final HistogramChunk histograms = new HistogramChunk();
  private final FieldWriter series = new FieldWriter();
  private final FieldWriter inner = new FieldWriter();
  private final FieldWriter frame = new FieldWriter();
  private final CRC32C checksum = new CRC32C();

  /**
   * @param frameBytes a frame is closed once it is so large; it is over by one chunk at most
   */
  public ChunkStream(OutputStream out, int frameBytes) {
    this.out = out;
    this.frameBytes = frameBytes;
  }

  /**
   * Writes the samples of a series; floats and native histograms in chunks of their own.
   *
   * @param query which query of the request this answers, from 0
   */
  public void series(int query, Labels labels, SampleColumns samples) throws IOException {
    begin(labels);
    for (int from = 0; from < samples.size; ) {
      from = samples.histogram(from) == null ? floats(samples, from) : histograms(samples, from);
      if (series.size() >= frameBytes || from == samples.size) {
        send(query);
        begin(labels);
      }
    }
  }

  private int floats(SampleColumns samples, int from) {
    int most = Math.min(from + XorChunk.MOST_SAMPLES, samples.size);
    int to = from;
    while (to < most && samples.histogram(to) == null) to++;
    floats.encode(samples.times, samples.values, from, to);
    add(XOR, samples.times[from], samples.times[to - 1], floats.bytes(), floats.size());
    return to;
  }

  private int histograms(SampleColumns samples, int from) {
    int to = histograms.encode(samples, from);
    long first = samples.times[from];
    long last = samples.times[to - 1];
    add(FLOAT_HISTOGRAM, first, last, histograms.bytes(), histograms.size());
    return to;
  }

  private void add(int encoding, long firstMs, long lastMs, byte[] bytes, int size) {
    inner.clear().number(1, firstMs).number(2, lastMs).number(3, encoding).bytes(4, bytes, size);
    series.message(2, inner);
  }

  private void begin(Labels labels) {
    SampleAnswer.labels(labels, series.clear(), inner);
  }

  private void send(int query) throws IOException {
    frame.clear().message(1, series).number(2, query);
    byte[] message = frame.toBytes();
    checksum.reset();
    checksum.update(message);
    long sum = checksum.getValue();
    out.write(inner.clear().varint(message.length).toBytes());
    for (int shift = 24; shift >= 0; shift -= 8) out.write((int) (sum >>> shift));
    out.write(message);
  }
}
