package io.oriel.cli.backfill;

import io.oriel.metrics.BlockImport;
import io.oriel.metrics.MetricStore;
import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.wire.exposition.ExpositionFormat;
import io.oriel.wire.exposition.SampleVisitor;
import io.oriel.wire.exposition.SeriesText;
import io.oriel.wire.exposition.SyntaxError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Takes in a file of OpenMetrics text in which every sample has a time. The whole file is read and
 * checked first, so that a mistake in its last line costs nothing; then samples are published, two
 * hours at a time. Memory grows neither with the samples nor, beyond a bound, with the series: a
 * file of more is read a second time, and taken in by parts of so many.
 */
public final class OpenMetricsImport {
  private static final long SPAN_MS = Duration.ofHours(2).toMillis();
  private static final long HEAP_A_SERIES = 8 << 10; // labels, their index, and room to spare
  private static final long HEAP_A_ROW = 64;

  /** Of a span, in memory at a time. */
  private static final int MOST_ROWS =
      (int) Math.min(8 << 20, Runtime.getRuntime().maxMemory() / HEAP_A_ROW);

  private final MetricStore store;
  private final Limits limits;
  private final Path file;
  private final LongConsumer progress;
  private final int mostSeries; // of one part
  private final Map<Labels, Integer> ids = new HashMap<>();
  private final List<Labels> labels = new ArrayList<>();
  private long samples;
  private long refused;
  private long contradicted;
  private boolean isForParts; // there are more series than are held at a time
  private int parts;
  private long series;

  /**
   * @param progress hears how many samples were read, now and then
   */
  public OpenMetricsImport(MetricStore store, Limits limits, Path file, LongConsumer progress) {
    this(store, limits, file, progress, inThisHeap());
  }

  /**
   * The same.
   *
   * @param mostSeries how many are held at a time
   */
  OpenMetricsImport(
      MetricStore store, Limits limits, Path file, LongConsumer progress, int mostSeries) {
    this.mostSeries = mostSeries;
    this.store = store;
    this.limits = limits;
    this.file = file;
    this.progress = progress;
  }

  private static int inThisHeap() {
    return (int) Math.min(1 << 20, Runtime.getRuntime().maxMemory() / HEAP_A_SERIES);
  }

  /**
   * Reads, sorts and publishes.
   *
   * @param scratch a folder for what is being sorted, about 20 bytes a sample
   * @throws Refusal.BadRequest at the first wrong line; nothing was taken in then
   */
  public Imported run(Path scratch) throws IOException {
    try (var spill = new Spill(scratch, SPAN_MS)) {
      read(rows -> hold(rows, spill));
      if (!isForParts) publish(spill);
    }
    if (isForParts) runByParts(scratch);
    return new Imported(series, samples, refused);
  }

  /** The file is known to be good; as many series are gathered as are held, and published. */
  private void runByParts(Path scratch) throws IOException {
    forgetSeries();
    Spill[] spill = {new Spill(scratch, SPAN_MS)};
    try {
      read(row -> {
        if (isFullFor(row)) {
          publish(spill[0]);
          spill[0].close();
          forgetSeries();
          spill[0] = new Spill(scratch, SPAN_MS);
        }
        spill[0].add(id(row.labels()), row.timeMs(), row.value());
      });
      publish(spill[0]);
    } finally {
      spill[0].close();
    }
  }

  /** In how many parts the file was taken in; 1 for most. */
  public int parts() {
    return parts;
  }

  /** How many samples were there twice in a part with different values: the later one was taken. */
  public long contradicted() {
    return contradicted;
  }

  /** One sample of the file. */
  private record Row(Labels labels, long timeMs, double value) {}

  private interface RowVisitor {
    void row(Row row) throws IOException;
  }

  private boolean isFullFor(Row row) {
    return labels.size() >= mostSeries && !ids.containsKey(row.labels);
  }

  private void hold(Row row, Spill spill) throws IOException {
    if (isForParts) return; // the rest is only looked at
    if (isFullFor(row)) {
      isForParts = true;
      spill.close();
      forgetSeries();
      return;
    }
    spill.add(id(row.labels), row.timeMs, row.value);
  }

  private void forgetSeries() {
    ids.clear();
    labels.clear();
  }

  private void publish(Spill spill) throws IOException {
    int[] rank = ranks();
    Labels[] sorted = labels.toArray(Labels[]::new);
    Arrays.sort(sorted);
    spill.each((startMs, rows) -> publish(startMs, rows, rank, sorted));
    series += sorted.length;
    parts++;
  }

  private void read(RowVisitor visitor) throws IOException {
    int longest = Math.toIntExact(limits.of(Limit.SCRAPE_LINE_BYTES));
    long[] count = {0};
    try (InputStream in = Files.newInputStream(file)) {
      var pieces = new Pieces(file, in, longest);
      while (pieces.next()) {
        try {
          ExpositionFormat.OPEN_METRICS.parse(
              pieces.bytes, pieces.length, limits, new Rows(pieces, visitor, count));
        } catch (SyntaxError wrong) {
          String why = String.valueOf(wrong.getMessage()).replaceFirst("^line \\d+: ", "");
          throw wrong(pieces.line(wrong.line()), why);
        }
        progress.accept(count[0]);
      }
    }
  }

  private Refusal wrong(long line, String why) {
    return new Refusal.BadRequest(
        "%s:%d: %s".formatted(file, line, why), "mend that line; nothing was imported");
  }

  /** Takes the samples of one piece. */
  private final class Rows implements SampleVisitor {
    private final Pieces pieces;
    private final RowVisitor visitor;
    private final long[] count;

    Rows(Pieces pieces, RowVisitor visitor, long[] count) {
      this.pieces = pieces;
      this.visitor = visitor;
      this.count = count;
    }

    @Override
    public void sample(SeriesText series, double value, long timestampMs) throws SyntaxError {
      if (timestampMs == NO_TIMESTAMP) {
        throw wrong(pieces.lineAt(series.from()), "the sample has no time");
      }
      try {
        visitor.row(new Row(series.labels(), timestampMs, value));
        count[0]++;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  private int id(Labels of) {
    Integer known = ids.get(of);
    if (known != null) return known;
    limits.check(Limit.SERIES, labels.size() + 1L, file.toString());
    ids.put(of, labels.size());
    labels.add(of);
    return labels.size() - 1;
  }

  /** The place of each series in the order of labels. */
  private int[] ranks() {
    int[] rank = new int[labels.size()];
    List<Integer> order = new ArrayList<>(IntStream.range(0, rank.length).boxed().toList());
    order.sort(Comparator.comparing(labels::get));
    for (int i = 0; i < rank.length; i++) rank[order.get(i)] = i;
    return rank;
  }

  private void publish(long startMs, Spill.Span rows, int[] rank, Labels[] sorted)
      throws IOException {
    try (BlockImport in = store.importer()) {
      rows.read(rank, MOST_ROWS, (series, found) -> in.add(sorted[series], inOrder(found)));
      in.publish();
      samples += in.samples();
      refused += in.refused();
    } catch (IOException | Refusal e) {
      throw new Refusal.CannotStart(
          "the import ended before %s (%s)"
              .formatted(Instant.ofEpochMilli(startMs), e.getMessage()),
          "what lies before was taken in; mend that and import the file again, which takes nothing twice");
    }
  }

  /** By time; of two of one time the later one of the file. */
  private SampleColumns inOrder(SampleColumns found) {
    boolean rising = true;
    for (int i = 1; i < found.size && rising; i++) rising = found.times[i] > found.times[i - 1];
    if (rising) return found;
    var sorted = new SampleColumns(found.size);
    IntStream.range(0, found.size)
        .boxed()
        .sorted(Comparator.comparingLong(i -> found.times[i]))
        .forEachOrdered(i -> add(found.times[i], found.values[i], sorted));
    return sorted;
  }

  private void add(long timeMs, double value, SampleColumns to) {
    boolean again = to.size > 0 && to.times[to.size - 1] == timeMs;
    if (again) {
      long bits = Double.doubleToRawLongBits(to.values[to.size - 1]);
      if (bits != Double.doubleToRawLongBits(value)) contradicted++;
      to.size--;
    }
    to.add(timeMs, value);
  }
}
