package io.oriel.metrics;

import io.oriel.metrics.block.BlockMerge;
import io.oriel.metrics.block.MetricBlock;
import io.oriel.metrics.block.MetricBlockWriter;
import io.oriel.metrics.block.Runs;
import io.oriel.model.TimeRange;
import io.oriel.storage.block.BlockBuilder;
import io.oriel.storage.block.BlockFolder;
import io.oriel.storage.block.Lease;
import io.oriel.storage.life.Compaction;
import io.oriel.storage.life.StoreFiles;
import io.oriel.storage.manifest.Manifest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes few blocks of many, as the plan says; damaged ones stay as they are. One thread. */
final class BlockCompaction {
  private static final Logger log = LoggerFactory.getLogger(BlockCompaction.class);

  private final StoreFiles<MetricBlock> files;
  private final Compaction plan;

  BlockCompaction(StoreFiles<MetricBlock> files, Compaction plan) {
    this.files = files;
    this.plan = plan;
  }

  /**
   * Merges the next blocks that are due; false where there are none, or where one of them shows now
   * that it is damaged: it is left out from then on.
   */
  boolean mergeNext() throws IOException {
    List<Lease<MetricBlock>> leases = files.blocks().borrow(TimeRange.ALWAYS);
    try {
      Set<String> whole =
          leases.stream()
              .filter(lease -> lease.block().damage() == null)
              .map(Lease::name)
              .collect(Collectors.toSet());
      List<Manifest.Entry> blocks = files.manifest().blocks();
      List<String> due =
          plan.due(
              blocks.stream()
                  .filter(block -> !block.isAggregate() && whole.contains(block.name()))
                  .toList());
      if (due.isEmpty()) return false;
      List<Lease<MetricBlock>> parts =
          leases.stream().filter(lease -> due.contains(lease.name())).toList();
      if (!areWhole(parts)) return false;
      merge(parts);
      return true;
    } finally {
      leases.forEach(Lease::close);
    }
  }

  /**
   * Writes a block anew, without what is deleted of it. One that is damaged stays, and one that
   * overlaps another: it would count as written later than that.
   */
  void rewrite(String name) throws IOException {
    List<Lease<MetricBlock>> leases = files.blocks().borrow(TimeRange.ALWAYS);
    try {
      List<Lease<MetricBlock>> one =
          leases.stream().filter(lease -> lease.name().equals(name)).toList();
      if (one.isEmpty() || one.getFirst().entry().isAggregate() || !areWhole(one)) return;
      TimeRange its = one.getFirst().range();
      boolean isApart =
          leases.stream()
              .filter(lease -> !lease.name().equals(name) && lease.block().damage() == null)
              .filter(lease -> !lease.entry().isAggregate())
              .noneMatch(lease -> lease.range().overlaps(its.startMs(), its.endMs()));
      if (isApart) merge(one);
    } finally {
      leases.forEach(Lease::close);
    }
  }

  /**
   * An index is not read whole when its block is opened; what is merged is deleted, so it is now.
   */
  static boolean areWhole(List<Lease<MetricBlock>> parts) {
    parts.forEach(part -> part.block().checkIndex());
    return parts.stream().allMatch(part -> part.block().damage() == null);
  }

  private void merge(List<Lease<MetricBlock>> parts) throws IOException {
    long startMs = parts.getFirst().range().startMs();
    long endMs = parts.stream().mapToLong(part -> part.range().endMs()).max().orElseThrow();
    long news = parts.stream().mapToLong(part -> part.entry().newsAfter()).max().orElse(0);
    String name = BlockCut.name(startMs, news, files.manifest().edition());
    try (BlockBuilder builder = files.blocks().build(name)) {
      var block = new MetricBlockWriter(builder, startMs);
      BlockMerge.merge(Runs.inOrder(parts).stream().map(Lease::block).toList(), block);
      List<String> old = parts.stream().map(Lease::name).toList();
      if (block.isEmpty()) { // all of it was deleted
        files.blocks().retire(old);
        return;
      }
      block.finish();
      var made = new BlockFolder.Made(builder, new TimeRange(startMs, endMs));
      files.blocks().replace(List.of(made), old, UnaryOperator.identity());
      log.info(
          "blocks merged signal=metrics name={} from={} series={} samples={}",
          name,
          old.size(),
          block.series(),
          block.samples());
    }
  }
}
