package io.oriel.metrics;

import io.oriel.metrics.block.MetricBlock;
import io.oriel.metrics.block.MetricBlockWriter;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes blocks of the head's oldest samples: one for each block range. One thread. */
final class BlockCut implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BlockCut.class);
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Head head;
  private final BlockFolder<MetricBlock> folder;
  private final long blockRangeMs;
  private final long edition;
  private final long aggregatedTo;
  private final SeriesReader reader = new SeriesReader();
  private final SampleColumns samples = new SampleColumns(1024);
  private final List<BlockFolder.Made> made = new ArrayList<>();
  private final List<BlockBuilder> builders = new ArrayList<>();

  private record Named(Labels labels, int id) {}

  /**
   * @param edition of the manifest, which makes the names new ones
   * @param aggregatedTo up to where there may be aggregates, which lack what is cut before it
   */
  BlockCut(
      Head head,
      BlockFolder<MetricBlock> folder,
      long blockRangeMs,
      long edition,
      long aggregatedTo) {
    this.head = head;
    this.folder = folder;
    this.blockRangeMs = blockRangeMs;
    this.edition = edition;
    this.aggregatedTo = aggregatedTo;
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

  /** Builds the blocks of the time from the first to before the last; nothing is published yet. */
  List<BlockFolder.Made> build(long fromMs, long toMs) throws IOException {
    List<Named> series = sorted();
    for (long window : head.windows().numbers()) { // years may lie between two of them
      long start = window * blockRangeMs;
      if (start >= toMs) break;
      long end = Math.min(start + blockRangeMs, toMs);
      if (end > fromMs) build(series, Math.max(start, fromMs), end - 1);
    }
    return made;
  }

  private List<Named> sorted() {
    var series = new ArrayList<Named>(head.seriesCount());
    head.index()
        .matching(List.of())
        .forEach((int id) -> {
          if (head.hasSamples(id)) series.add(new Named(head.index().labels(id), id));
        });
    series.sort(Comparator.comparing(Named::labels));
    return series;
  }

  private void build(List<Named> series, long startMs, long endMs) throws IOException {
    BlockBuilder builder = folder.build(nameOfNew(startMs, edition, aggregatedTo));
    builders.add(builder);
    var block = new MetricBlockWriter(builder, startMs);
    for (Named each : series) {
      samples.clear();
      head.read(each.id(), startMs, endMs, samples, reader);
      block.add(each.labels(), samples);
    }
    if (block.isEmpty()) return;
    block.finish();
    made.add(new BlockFolder.Made(builder, new TimeRange(startMs, endMs)));
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
