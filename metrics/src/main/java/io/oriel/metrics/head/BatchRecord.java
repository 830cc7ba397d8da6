package io.oriel.metrics.head;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.storage.column.ColumnReader;
import io.oriel.storage.column.ColumnWriter;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * What the write-ahead log keeps of one committed batch: the series it was the first to name, its
 * samples as columns, and metadata. Format: docs/formats/metric-wal.md. Reused; one thread.
 */
final class BatchRecord {
  static final int VERSION = 1;
  private static final int ONE_TIME = 0;
  private static final int TIMES = 1;

  /** Is told what a record says, in order. */
  interface Visitor {
    void series(int id, Labels labels);

    void sample(int id, long timeMs, long valueBits);

    void metadata(String metric, MetricMetadata said);
  }

  private final StringsOut strings = new StringsOut();
  private final ColumnWriter series = new ColumnWriter();
  private final ColumnWriter said = new ColumnWriter();
  private final ColumnWriter ids = new ColumnWriter();
  private final ColumnWriter times = new ColumnWriter();
  private final ColumnWriter values = new ColumnWriter();
  private final ColumnWriter record = new ColumnWriter();
  private int seriesCount;
  private int saidCount;
  private int samples;
  private boolean oneTime;
  private int lastId;
  private int lastSeries;
  private long firstTime;
  private long lastTime;

  void clear() {
    strings.clear();
    series.clear();
    said.clear();
    ids.clear();
    times.clear();
    values.clear();
    seriesCount = saidCount = samples = lastId = lastSeries = 0;
    oneTime = true;
    lastTime = 0;
  }

  boolean isEmpty() {
    return seriesCount + saidCount + samples == 0;
  }

  /** About how many bytes the record will have. */
  int size() {
    return series.size + said.size + ids.size + times.size + values.size;
  }

  /** All series of a record are named before its metadata: strings are numbered in that order. */
  void series(int id, Labels labels) {
    assert saidCount == 0;
    series.putSigned(id - lastSeries);
    lastSeries = id;
    strings.put(labels, series);
    seriesCount++;
  }

  void sample(int id, long timeMs, long valueBits) {
    ids.putSigned(id - lastId);
    lastId = id;
    times.putSigned(timeMs - lastTime);
    if (samples++ == 0) firstTime = timeMs;
    else oneTime &= timeMs == lastTime;
    lastTime = timeMs;
    values.putVarint(Long.reverse(valueBits)); // most values end in zeros
  }

  void metadata(String metric, MetricMetadata metadata) {
    strings.put(metric, metadata, said);
    saidCount++;
  }

  /** The record's bytes, good until the next call of anything here. */
  ByteBuffer finish() {
    record.clear();
    record.putByte(VERSION);
    record.putVarint(seriesCount);
    append(series);
    record.putVarint(saidCount);
    append(said);
    record.putVarint(samples);
    if (samples > 0) {
      append(ids);
      record.putByte(oneTime ? ONE_TIME : TIMES);
      if (oneTime) record.putSigned(firstTime);
      else append(times);
      append(values);
    }
    return ByteBuffer.wrap(record.bytes, 0, record.size);
  }

  private void append(ColumnWriter part) {
    record.putBytes(part.bytes, 0, part.size);
  }

  /** Reads a record; what is read fits the format, since the log checks its bytes. */
  static void read(ByteBuffer bytes, Visitor visitor) {
    MemorySegment segment = MemorySegment.ofBuffer(bytes);
    var in = new ColumnReader().at(segment, 0);
    int version = in.readByte();
    if (version != VERSION) {
      throw new IllegalStateException("a record of the metrics log has the version " + version);
    }
    var strings = new StringsIn();
    int id = 0;
    for (long left = in.readVarint(); left > 0; left--) {
      id += (int) in.readSigned();
      visitor.series(id, strings.labels(in));
    }
    for (long left = in.readVarint(); left > 0; left--) {
      visitor.metadata(strings.text(in), strings.metadata(in));
    }
    readSamples(in, segment, visitor);
  }

  private static void readSamples(ColumnReader in, MemorySegment segment, Visitor visitor) {
    long count = in.readVarint();
    if (count == 0) return;
    var ids = new ColumnReader().at(segment, in.position());
    for (long i = 0; i < count; i++) in.readSigned();
    boolean oneTime = in.readByte() == ONE_TIME;
    long time = oneTime ? in.readSigned() : 0;
    var times = new ColumnReader().at(segment, in.position());
    for (long i = 0; i < count && !oneTime; i++) in.readSigned();
    int id = 0;
    for (long i = 0; i < count; i++) {
      id += (int) ids.readSigned();
      if (!oneTime) time += times.readSigned();
      visitor.sample(id, time, Long.reverse(in.readVarint()));
    }
  }
}
