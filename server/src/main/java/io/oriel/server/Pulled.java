package io.oriel.server;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Refusal;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Where scrapes and collectors hand on what they measured. Who pushes is told to come again when
 * nothing is taken; what was measured here and not taken is lost, so it is counted by reason.
 */
final class Pulled implements MetricSink {
  private final MetricSink next;
  private final Supplier<String> reason;
  private final Map<String, LongAdder> lost = new ConcurrentHashMap<>();

  /**
   * @param reason why nothing is taken at this time, as a label says it
   */
  Pulled(MetricSink next, Supplier<String> reason) {
    this.next = next;
    this.reason = reason;
  }

  /** Samples that were lost since the start, by reason. */
  Map<String, Long> lost() {
    var counts = new TreeMap<String, Long>();
    lost.forEach((why, count) -> counts.put(why, count.sum()));
    return counts;
  }

  @Override
  public MetricWriter writer() {
    return new Counting(next.writer());
  }

  /** Counts the rows of a batch, for the day on which it is refused. */
  private final class Counting implements MetricWriter {
    private final MetricWriter writer;
    private int rows;

    Counting(MetricWriter writer) {
      this.writer = writer;
    }

    @Override
    public long series(Labels labels) {
      return writer.series(labels);
    }

    @Override
    public boolean isKept(long series) {
      return writer.isKept(series);
    }

    @Override
    public void release(long series) {
      writer.release(series);
    }

    @Override
    public void sample(long series, long timeMs, double value) {
      rows++;
      writer.sample(series, timeMs, value);
    }

    @Override
    public void histogram(long series, long timeMs, Histogram histogram) {
      rows++;
      writer.histogram(series, timeMs, histogram);
    }

    @Override
    public void startOfLast(long startMs) {
      writer.startOfLast(startMs);
    }

    @Override
    public void exemplar(long series, Exemplar exemplar) {
      writer.exemplar(series, exemplar);
    }

    @Override
    public void metadata(String metric, MetricMetadata metadata) {
      writer.metadata(metric, metadata);
    }

    @Override
    public Receipt commit() {
      try {
        return writer.commit();
      } catch (Refusal refused) {
        lost.computeIfAbsent(reason.get(), _ -> new LongAdder()).add(rows);
        throw refused;
      } finally {
        rows = 0;
      }
    }

    @Override
    public void close() {
      writer.close();
    }
  }
}
