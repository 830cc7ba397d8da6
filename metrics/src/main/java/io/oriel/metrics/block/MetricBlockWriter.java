package io.oriel.metrics.block;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.storage.block.BlockBuilder;
import io.oriel.storage.column.ColumnWriter;
import io.oriel.storage.index.BlockIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Writes a block: series in the order of their labels, each with all its samples of the block's
 * time. Format: docs/formats/metric-block.md. One thread.
 */
public final class MetricBlockWriter {
  static final String FILE = "chunks";
  static final String INDEX_FILE = "index";
  static final long MAGIC = 0x4b424d4c524fL; // "ORLMBK", little-endian
  static final int VERSION = 3;
  static final int FOOTER_BYTES = 80;
  static final int GROUP = 16; // series whose place is found by one entry

  /** A chunk has at most so many samples: two hours at 15 s are one. */
  static final int MOST_SAMPLES = 480;

  private final BlockBuilder builder;
  private final BlockFile file;
  private final long startMs;
  private final ChunkColumns chunk = new ChunkColumns();
  private final AggregateChunk aggregates = new AggregateChunk();
  private final ColumnWriter values = new ColumnWriter(1 << 16);
  private final ColumnWriter times = new ColumnWriter();
  private final ColumnWriter oneTimes = new ColumnWriter();
  private final ColumnWriter series = new ColumnWriter();
  private final ColumnWriter oneChunks = new ColumnWriter();
  private final ColumnWriter groups = new ColumnWriter();
  private final Map<Integer, int[]> timesByHash = new HashMap<>();
  private final List<Labels> labels = new ArrayList<>();
  private long samples;
  private long chunks;
  private int chunksOfSeries;
  private long minMs = Long.MAX_VALUE;
  private long maxMs = Long.MIN_VALUE;

  /**
   * @param startMs where the block's time begins; times are counted from there
   */
  public MetricBlockWriter(BlockBuilder builder, long startMs) throws IOException {
    this.builder = builder;
    this.startMs = startMs;
    this.file = new BlockFile(builder.create(FILE));
    values.putLong(MAGIC | (long) VERSION << 48);
    file.write(values);
    values.clear();
  }

  /** Adds a series; one without samples is left out. */
  public void add(Labels of, SampleColumns columns) throws IOException {
    if (columns.size == 0) return;
    begin(of);
    ChunkColumns.part(
        columns, 0, columns.size, MOST_SAMPLES, (from, count) -> addChunk(columns, from, count));
    end(columns);
  }

  /** Adds a series of aggregates; one without rows is left out. A block has either. */
  public void add(Labels of, AggregateRows rows) throws IOException {
    SampleColumns lasts = rows.lasts;
    if (lasts.size == 0) return;
    begin(of);
    ChunkColumns.part(
        lasts, 0, lasts.size, MOST_SAMPLES, (from, count) -> addChunk(rows, from, count));
    end(lasts);
  }

  private void begin(Labels of) {
    assert labels.isEmpty() || labels.getLast().compareTo(of) < 0 : of;
    if (labels.size() % GROUP == 0) {
      groups.putLong(series.size);
      groups.putLong(file.size());
    }
    labels.add(of);
    oneChunks.clear();
    chunksOfSeries = 0;
  }

  private void end(SampleColumns columns) throws IOException {
    series.putVarint(chunksOfSeries);
    series.putBytes(oneChunks.bytes, 0, oneChunks.size);
    samples += columns.size;
    chunks += chunksOfSeries;
    minMs = Math.min(minMs, columns.times[0]);
    maxMs = Math.max(maxMs, columns.times[columns.size - 1]);
    file.write(values);
    values.clear();
  }

  private void addChunk(SampleColumns columns, int from, int count) {
    int before = values.size;
    chunk.encodeValues(columns, from, count, values);
    endChunk(columns, from, count, before);
  }

  private void addChunk(AggregateRows rows, int from, int count) {
    int before = values.size;
    aggregates.encode(rows, from, count, values);
    endChunk(rows.lasts, from, count, before);
  }

  private void endChunk(SampleColumns columns, int from, int count, int before) {
    oneChunks.putVarint(placeOfTimes(columns, from, count));
    oneChunks.putVarint(values.size - before);
    chunksOfSeries++;
  }

  /** Series of one scrape share their times: equal columns are written once. */
  private int placeOfTimes(SampleColumns columns, int from, int count) {
    oneTimes.clear();
    long first = columns.times[from];
    oneTimes.putSigned(first - startMs);
    oneTimes.putVarint(columns.times[from + count - 1] - first);
    oneTimes.putVarint(count);
    chunk.encodeTimes(columns, from, count, oneTimes);
    int hash = hash(oneTimes);
    int[] places = timesByHash.getOrDefault(hash, new int[0]);
    for (int place : places) {
      int end = Math.min(times.size, place + oneTimes.size);
      if (Arrays.equals(times.bytes, place, end, oneTimes.bytes, 0, oneTimes.size)) return place;
    }
    int place = times.size;
    times.putBytes(oneTimes.bytes, 0, oneTimes.size);
    int[] more = Arrays.copyOf(places, places.length + 1);
    more[places.length] = place;
    timesByHash.put(hash, more);
    return place;
  }

  private static int hash(ColumnWriter of) {
    var crc = new CRC32C();
    crc.update(of.bytes, 0, of.size);
    return (int) crc.getValue();
  }

  /** Whether nothing was added. */
  public boolean isEmpty() {
    return labels.isEmpty();
  }

  /** The time from the first to the last sample. */
  public TimeRange range() {
    return new TimeRange(minMs, maxMs);
  }

  public long samples() {
    return samples;
  }

  public int series() {
    return labels.size();
  }

  /** Writes what is left; the builder can be published then. */
  public void finish() throws IOException {
    var footer = new ColumnWriter(FOOTER_BYTES);
    footer.putLong(labels.size());
    footer.putLong(samples);
    footer.putLong(chunks);
    footer.putLong(startMs);
    for (ColumnWriter section : List.of(times, series, groups)) {
      footer.putLong(file.size());
      file.write(section);
    }
    footer.putLong(file.size());
    footer.putInt(hash(footer));
    footer.putInt(0);
    footer.putLong(MAGIC | (long) VERSION << 48);
    file.finish(footer);
    BlockIndex.write(builder.create(INDEX_FILE), labels.size(), labels::get);
  }
}
