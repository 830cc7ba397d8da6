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

  private final OutputStream out;
  private final int frameBytes;
  private final XorChunk chunk = new XorChunk();
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
   * Writes the samples of a series that are floats; native histograms have no place in such chunks.
   *
   * @param query which query of the request this answers, from 0
   */
  public void series(int query, Labels labels, SampleColumns all) throws IOException {
    SampleColumns samples = floats(all);
    begin(labels);
    int from = 0;
    while (from < samples.size) {
      int to = Math.min(from + XorChunk.MOST_SAMPLES, samples.size);
      chunk.encode(samples.times, samples.values, from, to);
      inner.clear().number(1, samples.times[from]).number(2, samples.times[to - 1]);
      inner.number(3, XOR).bytes(4, chunk.bytes(), chunk.size());
      series.message(2, inner);
      from = to;
      if (series.size() >= frameBytes || from == samples.size) {
        send(query);
        begin(labels);
      }
    }
  }

  private static SampleColumns floats(SampleColumns all) {
    if (all.histograms == null) return all;
    var floats = new SampleColumns(all.size);
    for (int i = 0; i < all.size; i++) {
      if (all.histogram(i) == null) floats.add(all.times[i], all.values[i]);
    }
    return floats;
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
