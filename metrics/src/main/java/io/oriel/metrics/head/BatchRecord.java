package io.oriel.metrics.head;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.Histogram;
import io.oriel.storage.column.ColumnReader;
import io.oriel.storage.column.ColumnWriter;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the write-ahead log keeps of one committed batch: the series it was the first to name, its
 * samples as columns, metadata and exemplars. A record of plain floats is of version 1, as it
 * always was; one of version 3 is of out-of-order samples alone. Format:
 * docs/formats/metric-wal.md. Reused; one thread.
 */
final class BatchRecord {
  private static final int FLOATS_ONLY = 1; // the version
  private static final int ALL_KINDS = 2;
  private static final int OUT_OF_ORDER = 3;
  private static final int ONE_TIME = 0;
  private static final int TIMES = 1;
  private static final long NAN_BITS = Double.doubleToRawLongBits(Double.NaN);

  /** Is told what a record says, in order. */
  interface Visitor {
    void series(int id, Labels labels);

    /** Where there is a histogram, the value means nothing. */
    void sample(int id, long timeMs, long valueBits, @Nullable Histogram histogram, long startMs);

    /** The same, of one that came behind a newer one; those of a series follow each other. */
    void lateSample(
        int id, long timeMs, long valueBits, @Nullable Histogram histogram, long startMs);

    void exemplar(int id, Exemplar exemplar);

    void metadata(String metric, MetricMetadata said);
  }

  private final StringsOut strings = new StringsOut();
  private final ColumnWriter series = new ColumnWriter();
  private final ColumnWriter said = new ColumnWriter();
  private final ColumnWriter ids = new ColumnWriter();
  private final ColumnWriter times = new ColumnWriter();
  private final ColumnWriter values = new ColumnWriter();
  private final ColumnWriter kinds = new ColumnWriter();
  private final ColumnWriter starts = new ColumnWriter();
  private final ColumnWriter exemplars = new ColumnWriter();
  private final ColumnWriter record = new ColumnWriter();
  private int seriesCount;
  private int saidCount;
  private int samples;
  private int kindRuns;
  private int runSamples; // of the run of one kind that goes on: floats first, then in turn
  private boolean runIsHistograms;
  private int startCount;
  private int lastStartSample;
  private long lastStart;
  private int exemplarCount;
  private int lastExemplarId;
  private long lastExemplarTime;
  private boolean isOutOfOrder;
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
    kinds.clear();
    starts.clear();
    exemplars.clear();
    seriesCount = saidCount = samples = lastId = lastSeries = 0;
    kindRuns = runSamples = startCount = lastStartSample = exemplarCount = lastExemplarId = 0;
    runIsHistograms = isOutOfOrder = false;
    lastStart = lastExemplarTime = 0;
    oneTime = true;
    lastTime = 0;
  }

  /** Its samples go to the side of the head: they come by series, and by rising time. */
  void outOfOrder() {
    isOutOfOrder = true;
  }

  boolean isEmpty() {
    return seriesCount + saidCount + samples + exemplarCount == 0;
  }

  /** About how many bytes the record will have. */
  int size() {
    return series.size + said.size + ids.size + times.size + values.size + exemplars.size;
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
    row(id, timeMs, false);
    values.putVarint(Long.reverse(valueBits)); // most values end in zeros
  }

  void histogram(int id, long timeMs, Histogram histogram) {
    row(id, timeMs, true);
    HistogramBytes.put(histogram, null, values);
  }

  /** Of the sample that was put last. */
  void startOfLast(long startMs) {
    starts.putVarint(samples - lastStartSample);
    starts.putSigned(startMs - lastStart);
    lastStartSample = samples;
    lastStart = startMs;
    startCount++;
  }

  /** All series of a record are named before its exemplars. */
  void exemplar(int id, Exemplar exemplar) {
    exemplars.putSigned(id - lastExemplarId);
    exemplars.putSigned(exemplar.timeMs() - lastExemplarTime);
    exemplars.putVarint(Long.reverse(Double.doubleToRawLongBits(exemplar.value())));
    StringsOut.putPlain(exemplar.labels(), exemplars);
    lastExemplarId = id;
    lastExemplarTime = exemplar.timeMs();
    exemplarCount++;
  }

  private void row(int id, long timeMs, boolean isHistogram) {
    if (isHistogram != runIsHistograms) endRun();
    runSamples++;
    ids.putSigned(id - lastId);
    lastId = id;
    times.putSigned(timeMs - lastTime);
    if (samples++ == 0) firstTime = timeMs;
    else oneTime &= timeMs == lastTime;
    lastTime = timeMs;
  }

  private void endRun() {
    kinds.putVarint(runSamples);
    kindRuns++;
    runSamples = 0;
    runIsHistograms = !runIsHistograms;
  }

  void metadata(String metric, MetricMetadata metadata) {
    strings.put(metric, metadata, said);
    saidCount++;
  }

  /** The record's bytes, good until the next call of anything here. */
  ByteBuffer finish() {
    boolean isPlain = !isOutOfOrder && runIsPlain();
    record.clear();
    record.putByte(isOutOfOrder ? OUT_OF_ORDER : isPlain ? FLOATS_ONLY : ALL_KINDS);
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
      if (!isPlain) finishKinds();
      append(values);
    }
    if (!isPlain) {
      record.putVarint(exemplarCount);
      append(exemplars);
    }
    return ByteBuffer.wrap(record.bytes, 0, record.size);
  }

  private boolean runIsPlain() {
    return kindRuns + startCount + exemplarCount == 0;
  }

  private void finishKinds() {
    if (runSamples > 0) endRun();
    record.putVarint(kindRuns);
    append(kinds);
    record.putVarint(startCount);
    append(starts);
  }

  private void append(ColumnWriter part) {
    record.putBytes(part.bytes, 0, part.size);
  }

  /** Reads a record; what is read fits the format, since the log checks its bytes. */
  static void read(ByteBuffer bytes, Visitor visitor) {
    MemorySegment segment = MemorySegment.ofBuffer(bytes);
    var in = new ColumnReader().at(segment, 0);
    int version = in.readByte();
    if (version < FLOATS_ONLY || version > OUT_OF_ORDER) {
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
    if (version == FLOATS_ONLY) {
      readSamples(in, segment, visitor);
    } else {
      readRows(in, segment, version == OUT_OF_ORDER, visitor);
      readExemplars(in, visitor);
    }
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
      long bits = Long.reverse(in.readVarint());
      visitor.sample(id, time, bits, null, SampleColumns.NO_START);
    }
  }

  /** Samples of both kinds, in the order in which they came. */
  private static void readRows(
      ColumnReader in, MemorySegment segment, boolean late, Visitor visitor) {
    long count = in.readVarint();
    if (count == 0) return;
    var ids = new ColumnReader().at(segment, in.position());
    for (long i = 0; i < count; i++) in.readSigned();
    boolean oneTime = in.readByte() == ONE_TIME;
    long time = oneTime ? in.readSigned() : 0;
    var times = new ColumnReader().at(segment, in.position());
    for (long i = 0; i < count && !oneTime; i++) in.readSigned();
    var kinds = new ColumnReader().at(segment, in.position());
    for (long left = in.readVarint(); left > 0; left--) in.readVarint();
    var starts = new ColumnReader().at(segment, in.position());
    for (long left = 2 * in.readVarint(); left > 0; left--) in.readVarint();
    kinds.readVarint();
    long startsLeft = starts.readVarint();
    long nextStart = startsLeft > 0 ? starts.readVarint() : 0; // counted from 1
    long start = 0;
    long run = kinds.readVarint();
    boolean isHistogram = false;
    int id = 0;
    for (long i = 0; i < count; i++) {
      for (; run == 0; run = kinds.readVarint()) isHistogram = !isHistogram;
      run--;
      id += (int) ids.readSigned();
      if (!oneTime) time += times.readSigned();
      Histogram histogram = isHistogram ? HistogramBytes.get(in, null) : null;
      long bits = isHistogram ? NAN_BITS : Long.reverse(in.readVarint());
      boolean hasStart = startsLeft > 0 && nextStart == i + 1;
      if (hasStart) {
        start += starts.readSigned();
        if (--startsLeft > 0) nextStart += starts.readVarint();
      }
      long since = hasStart ? start : SampleColumns.NO_START;
      if (late) visitor.lateSample(id, time, bits, histogram, since);
      else visitor.sample(id, time, bits, histogram, since);
    }
  }

  private static void readExemplars(ColumnReader in, Visitor visitor) {
    int id = 0;
    long time = 0;
    for (long left = in.readVarint(); left > 0; left--) {
      id += (int) in.readSigned();
      time += in.readSigned();
      double value = Double.longBitsToDouble(Long.reverse(in.readVarint()));
      visitor.exemplar(id, new Exemplar(StringsIn.plainLabels(in), value, time));
    }
  }
}
