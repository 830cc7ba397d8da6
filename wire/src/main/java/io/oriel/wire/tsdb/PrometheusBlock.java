package io.oriel.wire.tsdb;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One block of Prometheus, open for reading. Its files are mapped until it is closed. */
public final class PrometheusBlock implements AutoCloseable {
  private static final String INDEX = "index";
  private static final String CHUNKS = "chunks";

  private final Path folder;
  private final Arena arena = Arena.ofShared();
  private final IndexFile index;
  private final ChunkFiles chunks;
  private final Tombstones tombstones;

  /** Hears series in the order of their labels. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Hears one.
     *
     * @param samples of the series, by time; good until the call returns; empty where all of them
     *     were deleted
     */
    void series(Labels labels, SampleColumns samples) throws IOException;
  }

  private PrometheusBlock(Path folder) throws IOException {
    this.folder = folder;
    try {
      this.index = new IndexFile(MappedBytes.of(folder.resolve(INDEX), arena));
      this.chunks = new ChunkFiles(folder.resolve(CHUNKS), arena);
      this.tombstones = new Tombstones(folder.resolve("tombstones"), arena);
    } catch (IOException | RuntimeException failure) {
      arena.close();
      throw failure;
    }
  }

  /**
   * Opens a block.
   *
   * @throws DamagedFile when a file is not what its format says
   * @throws NoSuchFileException when a file is missing
   */
  public static PrometheusBlock open(Path folder) throws IOException {
    return new PrometheusBlock(folder);
  }

  /**
   * The folders below a data folder of Prometheus (or of a snapshot of it) that are blocks; the
   * folder itself, where it is one.
   */
  public static List<Path> in(Path folder) throws IOException {
    if (isBlock(folder)) return List.of(folder);
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(PrometheusBlock::isBlock).sorted().toList();
    }
  }

  private static boolean isBlock(Path folder) {
    return Files.isRegularFile(folder.resolve(INDEX)) && Files.isDirectory(folder.resolve(CHUNKS));
  }

  public Path folder() {
    return folder;
  }

  /** From the first to the last sample, deleted ones included; null where there is none. */
  public @Nullable TimeRange range() throws IOException {
    long[] range = {Long.MAX_VALUE, Long.MIN_VALUE};
    index.eachSeries((_, _, its) -> {
      for (IndexFile.Chunk chunk : its) {
        range[0] = Math.min(range[0], chunk.firstMs());
        range[1] = Math.max(range[1], chunk.lastMs());
      }
    });
    return range[0] > range[1] ? null : new TimeRange(range[0], range[1]);
  }

  /**
   * Tells every series with its samples within a range.
   *
   * @throws DamagedFile at the first piece that is not what its checksum says; what was told before
   *     is good
   */
  public void read(TimeRange range, Visitor visitor) throws IOException {
    var all = new SampleColumns(256);
    var kept = new SampleColumns(256);
    index.eachSeries((reference, labels, its) -> {
      all.clear();
      for (IndexFile.Chunk chunk : its) {
        boolean outside = chunk.lastMs() < range.startMs() || chunk.firstMs() > range.endMs();
        if (!outside) chunks.read(chunk.reference(), all);
      }
      kept.clear();
      keep(all, range, tombstones.of(reference), kept);
      visitor.series(labels, kept);
    });
  }

  private void keep(
      SampleColumns all, TimeRange range, List<TimeRange> deleted, SampleColumns kept) {
    for (int i = 0; i < all.size; i++) {
      long time = all.times[i];
      boolean inside = range.startMs() <= time && time <= range.endMs();
      if (inside && !tombstones.deleted(deleted, time)) kept.addAll(all, i, i + 1);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
