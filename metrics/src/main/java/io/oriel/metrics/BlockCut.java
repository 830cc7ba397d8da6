package io.oriel.metrics;

import io.oriel.metrics.block.MetricBlock;
import io.oriel.metrics.block.MetricBlockWriter;
import io.oriel.metrics.block.Runs;
import io.oriel.metrics.head.Head;
import io.oriel.metrics.head.SeriesReader;
import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.storage.block.BlockBuilder;
import io.oriel.storage.block.BlockFolder;
import io.oriel.storage.manifest.Manifest;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes blocks of the head's oldest samples, one for each block range. One thread. */
final class BlockCut implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BlockCut.class);
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Head head;
  private final BlockFolder<MetricBlock> folder;
  private final long blockRangeMs;
  private final long edition;
  private final long aggregatedTo;
  private final Numbers numbers;
  private final SeriesReader reader = new SeriesReader();
  private final SampleColumns samples = new SampleColumns(1024);
  private final List<BlockFolder.Made> made = new ArrayList<>();
  private final List<BlockBuilder> builders = new ArrayList<>();

  private record Named(Labels labels, int id) {}

  /**
   * Which out-of-order samples are part of it.
   *
   * @param from the first number
   * @param end behind the last
   */
  record Numbers(int from, int end) {}

  /**
   * @param edition of the manifest, which makes the names new ones
   * @param aggregatedTo up to where there may be aggregates, which lack what is cut before it
   */
  BlockCut(
      Head head,
      BlockFolder<MetricBlock> folder,
      long blockRangeMs,
      long edition,
      long aggregatedTo,
      Numbers numbers) {
    this.head = head;
    this.folder = folder;
    this.blockRangeMs = blockRangeMs;
    this.edition = edition;
    this.aggregatedTo = aggregatedTo;
    this.numbers = numbers;
  }

  /** A name that no block had before: by its start, and by the manifest that it comes after. */
  static String name(long startMs, long edition) {
    return NAME.format(Instant.ofEpochMilli(startMs)) + "-" + edition;
  }

  /**
   * The same, with what it tells of aggregates.
   *
   * @param news see {@link Manifest.Entry#newsAfter}; 0: nothing
   */
  static String name(long startMs, long news, long edition) {
    String start = NAME.format(Instant.ofEpochMilli(startMs));
    return news == 0 ? name(startMs, edition) : "%s-n%d-%d".formatted(start, news, edition);
  }

  /** For samples that were in no block before. */
  static String nameOfNew(long startMs, long edition, long aggregatedTo) {
    return name(startMs, startMs <= aggregatedTo ? edition : 0, edition);
  }

  /** The same for one beside another that begins within the same second. */
  private String lateName(long startMs) {
    String plain = nameOfNew(startMs, edition, aggregatedTo);
    int at = plain.indexOf('-');
    return plain.substring(0, at) + "-late" + builders.size() + plain.substring(at);
  }

  /**
   * Builds the blocks of the time from the first to before the last, and of the out-of-order
   * samples whatever their time; nothing is published yet. Where these lie in that time they are
   * part of its blocks, else blocks of their own, which may overlap others.
   */
  List<BlockFolder.Made> build(long fromMs, long toMs) throws IOException {
    List<Named> all =
        sorted(hearer -> head.index().matching(List.of()).forEach((int id) -> hearer.accept(id)));
    List<Named> late = sorted(hearer -> head.outOfOrder().eachSeries(numbers.from, hearer));
    var inOrder = new TreeSet<Long>();
    for (long window : head.windows().numbers()) inOrder.add(window); // years may lie between two
    SortedSet<Long> windows = head.outOfOrder().windows(numbers.from, numbers.end);
    windows.addAll(inOrder);
    for (long window : windows) {
      long start = window * blockRangeMs;
      long end = start + blockRangeMs;
      long from = Math.clamp(fromMs, start, end);
      long to = Math.clamp(toMs, from, end);
      boolean isCut = from < to && inOrder.contains(window);
      if (!isCut) {
        buildLate(late, start, end - 1);
        continue;
      }
      buildLate(late, start, from - 1);
      build(all, from, to - 1);
      buildLate(late, to, end - 1);
    }
    return made;
  }

  private List<Named> sorted(Consumer<IntConsumer> each) {
    var series = new ArrayList<Named>();
    each.accept(id -> {
      if (head.hasSamples(id)) series.add(new Named(head.index().labels(id), id));
    });
    series.sort(Comparator.comparing(Named::labels));
    return series;
  }

  private void build(List<Named> series, long startMs, long endMs) throws IOException {
    MetricBlockWriter block = begin(nameOfNew(startMs, edition, aggregatedTo), startMs);
    for (Named each : series) {
      samples.clear();
      head.read(each.id, startMs, endMs, samples, reader);
      addLate(each.id, startMs, endMs);
      block.add(each.labels, samples);
    }
    end(block, new TimeRange(startMs, endMs));
  }

  private void addLate(int id, long startMs, long endMs) {
    int middle = samples.size;
    head.outOfOrder().read(id, startMs, endMs, numbers.from, numbers.end, samples);
    Runs.join(samples, 0, middle);
  }

  private void buildLate(List<Named> series, long startMs, long endMs) throws IOException {
    if (startMs > endMs || series.isEmpty()) return;
    MetricBlockWriter block = begin(lateName(startMs), startMs);
    for (Named each : series) {
      samples.clear();
      addLate(each.id, startMs, endMs);
      block.add(each.labels, samples);
    }
    if (!block.isEmpty()) end(block, block.range());
  }

  private MetricBlockWriter begin(String name, long startMs) throws IOException {
    BlockBuilder builder = folder.build(name);
    builders.add(builder);
    return new MetricBlockWriter(builder, startMs);
  }

  private void end(MetricBlockWriter block, TimeRange range) throws IOException {
    if (block.isEmpty()) return;
    block.finish();
    BlockBuilder builder = builders.getLast();
    made.add(new BlockFolder.Made(builder, range));
    log.info(
        "block written signal=metrics name={} series={} samples={}",
        builder.name(),
        block.series(),
        block.samples());
  }

  /** Throws away what was not published. */
  @Override
  public void close() throws IOException {
    for (BlockBuilder builder : builders) builder.close();
  }
}
