package io.oriel.metrics;

import io.oriel.metrics.block.MetricBlock;
import io.oriel.metrics.block.MetricBlockWriter;
import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.limit.Refusal;
import io.oriel.storage.block.BlockBuilder;
import io.oriel.storage.block.BlockFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes in a past that is known as a whole, beside the head and its log: series in the order of
 * their labels, each with its samples of any time. They become blocks that may overlap others. Of
 * two samples of one time the imported one is kept, but where the head still has the other.
 *
 * <p>Nothing is seen before {@link #publish}, and nothing is left of what was not published. Memory
 * grows with the series, not with the samples. One thread.
 */
public final class BlockImport implements AutoCloseable {
  private static final AtomicLong NUMBER = new AtomicLong();

  private final BlockFolder<MetricBlock> folder;
  private final Rules rules;
  private final Publisher publisher;
  private final TreeMap<Long, Part> parts = new TreeMap<>(); // by the number of their span
  private final SampleColumns columns = new SampleColumns(1024);
  private @Nullable Labels last;
  private long samples;
  private long refused;

  /**
   * What an import may bring.
   *
   * @param spanMs what one block spans at most
   * @param oldestMs samples before it are refused: they would be dropped right away
   * @param newestMs samples after it are refused
   * @param checkLabels throws where a series may not be
   */
  record Rules(long spanMs, long oldestMs, long newestMs, Consumer<Labels> checkLabels) {}

  /** Makes finished blocks part of the store. */
  @FunctionalInterface
  interface Publisher {
    void publish(List<BlockFolder.Made> made) throws IOException;
  }

  private record Part(BlockBuilder builder, MetricBlockWriter block) {}

  BlockImport(BlockFolder<MetricBlock> folder, Rules rules, Publisher publisher) {
    this.folder = folder;
    this.rules = rules;
    this.publisher = publisher;
  }

  /**
   * Adds a series.
   *
   * @param labels behind those of the series before, see {@link Labels#compareTo}
   * @param of its samples, with rising times; those that are too old or too far ahead are left out
   *     and counted by {@link #refused}
   * @throws Refusal.BadRequest where the order is another, or the labels are not allowed
   */
  public void add(Labels labels, SampleColumns of) throws IOException {
    checkOrder(labels, of);
    rules.checkLabels.accept(labels);
    last = labels;
    int from = 0;
    int to = of.size;
    while (from < to && of.times[from] < rules.oldestMs) from++;
    while (to > from && of.times[to - 1] > rules.newestMs) to--;
    refused += of.size - (to - from);
    samples += to - from;
    while (from < to) from = addPart(labels, of, from, to);
  }

  private void checkOrder(Labels labels, SampleColumns of) {
    if (last != null && last.compareTo(labels) >= 0) {
      throw new Refusal.BadRequest(
          "the series %s comes behind %s".formatted(labels, last),
          "import each series once, in the order of labels");
    }
    for (int i = 1; i < of.size; i++) {
      if (of.times[i] > of.times[i - 1]) continue;
      throw new Refusal.BadRequest(
          "a sample of %s at %d comes behind one at %d"
              .formatted(labels, of.times[i], of.times[i - 1]),
          "import the samples of a series by rising time");
    }
  }

  /** Adds what lies in one span; the answer is the first sample behind it. */
  private int addPart(Labels labels, SampleColumns of, int from, int to) throws IOException {
    long number = Math.floorDiv(of.times[from], rules.spanMs);
    int end = from + 1;
    while (end < to && Math.floorDiv(of.times[end], rules.spanMs) == number) end++;
    columns.clear();
    columns.addAll(of, from, end);
    Part part = parts.get(number);
    if (part == null) {
      BlockBuilder builder = folder.build("import-%d".formatted(NUMBER.incrementAndGet()));
      part = new Part(builder, new MetricBlockWriter(builder, number * rules.spanMs));
      parts.put(number, part);
    }
    part.block.add(labels, columns);
    return end;
  }

  /** How many samples were taken. */
  public long samples() {
    return samples;
  }

  /** How many samples were not, because they were too old or too far ahead. */
  public long refused() {
    return refused;
  }

  /**
   * Makes all that was added since the last call part of the store, in one step; durable when this
   * returns. More may be added then, beginning again with the first series.
   */
  public void publish() throws IOException {
    var made = new ArrayList<BlockFolder.Made>();
    for (Part part : parts.values()) {
      part.block.finish();
      made.add(new BlockFolder.Made(part.builder, part.block.range()));
    }
    if (!made.isEmpty()) publisher.publish(made);
    close();
  }

  /** Throws away what was not published. */
  @Override
  public void close() throws IOException {
    for (Part part : parts.values()) part.builder.close();
    parts.clear();
    last = null;
  }
}
