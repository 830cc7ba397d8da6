package io.oriel.metrics;

import io.oriel.metrics.block.AggregateBuild;
import io.oriel.metrics.block.Aggregation;
import io.oriel.metrics.block.MetricBlock;
import io.oriel.metrics.block.MetricBlockWriter;
import io.oriel.metrics.block.Runs;
import io.oriel.metrics.read.Resolution;
import io.oriel.metrics.read.TimePlan;
import io.oriel.model.TimeRange;
import io.oriel.storage.block.BlockBuilder;
import io.oriel.storage.block.BlockFolder;
import io.oriel.storage.block.Lease;
import io.oriel.storage.life.StoreFiles;
import io.oriel.storage.manifest.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes aggregates of old blocks, joins their blocks, and makes those anew that lack what came in
 * later or have what was deleted. A piece of work at a time; one thread.
 */
final class BlockAggregation {
  private static final Logger log = LoggerFactory.getLogger(BlockAggregation.class);

  private final StoreFiles<MetricBlock> files;
  private final List<AggregateLevel> levels;
  private final AggregatesDue due;

  /** What is to be written: a level's block of some time, in place of others. */
  record Work(AggregateLevel level, TimeRange time, List<String> replaced) {}

  BlockAggregation(StoreFiles<MetricBlock> files, List<AggregateLevel> levels) {
    this.files = files;
    this.levels = levels;
    this.due = new AggregatesDue(levels);
  }

  /** Up to where there may be aggregates; the least long where there are none. */
  static long aggregatedTo(Manifest manifest) {
    return manifest.blocks().stream()
        .filter(Manifest.Entry::isAggregate)
        .mapToLong(each -> each.range().endMs())
        .max()
        .orElse(Long.MIN_VALUE);
  }

  /**
   * Does what is due next.
   *
   * @param headFromMs from where on samples are in the head alone
   * @param nowMs the time now
   * @return false where nothing is due
   */
  boolean next(long headFromMs, long nowMs) throws IOException {
    if (levels.isEmpty()) return false;
    List<Lease<MetricBlock>> leases = files.blocks().borrow(TimeRange.ALWAYS);
    try {
      Work work = due.next(leases, headFromMs, nowMs);
      if (work == null) return false;
      List<Lease<MetricBlock>> used =
          leases.stream()
              .filter(each -> each.block().damage() == null)
              .filter(each -> each.range().overlaps(work.time().startMs(), work.time().endMs()))
              .toList();
      if (!BlockCompaction.areWhole(used)) return true; // an index turned out to be damaged
      write(
          work, leases.stream().filter(each -> each.block().damage() == null).toList(), headFromMs);
      return true;
    } finally {
      leases.forEach(Lease::close);
    }
  }

  private void write(Work work, List<Lease<MetricBlock>> whole, long headFromMs)
      throws IOException {
    List<Lease<MetricBlock>> old =
        whole.stream().filter(lease -> work.replaced().contains(lease.name())).toList();
    List<AggregateBuild.Part> parts =
        old.size() > 1 ? joined(old) : made(work, old, whole, headFromMs);
    long edition = files.manifest().edition();
    long news =
        old.size() > 1
            ? old.stream().mapToLong(each -> each.entry().newsAfter()).min().orElse(edition)
            : edition;
    String name = BlockCut.name(work.time().startMs(), news, edition);
    try (BlockBuilder builder = files.blocks().build(name)) {
      var block = new MetricBlockWriter(builder, work.time().startMs());
      AggregateBuild.write(parts, work.level().resolutionMs(), block);
      if (block.isEmpty()) {
        due.nothingIn(work, whole);
        if (!work.replaced().isEmpty()) files.blocks().retire(work.replaced());
        return;
      }
      block.finish();
      TimeRange time = new TimeRange(begin(block, work), work.time().endMs());
      var made = new BlockFolder.Made(builder, time, work.level().resolutionMs());
      files.blocks().replace(List.of(made), work.replaced(), UnaryOperator.identity());
      log.info(
          "aggregates written signal=metrics name={} resolution={}s from={} series={} rows={}",
          name,
          work.level().resolutionMs() / 1000,
          old.size(),
          block.series(),
          block.samples());
    }
  }

  /** Where there was nothing yet, there are no aggregates: see where samples have gone. */
  private static long begin(MetricBlockWriter block, Work work) {
    if (!work.replaced().isEmpty()) return work.time().startMs();
    long hour = Resolution.ONE_HOUR.ms();
    long first = Aggregation.endOf(block.range().startMs(), hour) - hour + 1;
    return Math.max(work.time().startMs(), first);
  }

  private static List<AggregateBuild.Part> joined(List<Lease<MetricBlock>> old) {
    return old.stream()
        .map(lease -> new AggregateBuild.Part(lease.block(), lease.range()))
        .toList();
  }

  /** What is left of an old block where the source has gone, and the source of the rest. */
  private static List<AggregateBuild.Part> made(
      Work work, List<Lease<MetricBlock>> old, List<Lease<MetricBlock>> whole, long headFromMs) {
    long sourceMs = work.level().sourceMs();
    List<Lease<MetricBlock>> sources =
        whole.stream()
            .filter(lease -> lease.entry().resolutionMs() == sourceMs)
            .filter(lease -> lease.range().overlaps(work.time().startMs(), work.time().endMs()))
            .toList();
    long from = work.time().startMs();
    var parts = new ArrayList<AggregateBuild.Part>();
    if (!old.isEmpty()) {
      from = Math.max(from, sourceFrom(sourceMs, whole, headFromMs));
      long kept = Math.min(from - 1, work.time().endMs());
      if (kept >= work.time().startMs()) {
        var time = new TimeRange(work.time().startMs(), kept);
        parts.add(new AggregateBuild.Part(old.getFirst().block(), time));
      }
    }
    if (from > work.time().endMs()) return parts;
    var time = new TimeRange(from, work.time().endMs());
    List<Lease<MetricBlock>> ordered = sourceMs == 0 ? Runs.inOrder(sources) : sources;
    for (Lease<MetricBlock> each : ordered) {
      parts.add(new AggregateBuild.Part(each.block(), time));
    }
    return parts;
  }

  /** From where on all of the source is there; a stretch begins there. */
  private static long sourceFrom(long sourceMs, List<Lease<MetricBlock>> whole, long headFromMs) {
    List<Manifest.Entry> entries = whole.stream().map(Lease::entry).toList();
    if (sourceMs == 0) {
      long gone = TimePlan.goneTo(entries, headFromMs);
      return gone == Long.MIN_VALUE ? gone : gone + 1;
    }
    return entries.stream()
        .filter(each -> each.resolutionMs() == sourceMs)
        .mapToLong(each -> each.range().startMs())
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
