package io.oriel.scrape;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A sink that remembers what it was told, batch after batch, in words that a person reads. It holds
 * its callers to the contract: a handle that was released must not be used.
 */
public final class RecordedSink implements MetricSink {
  /**
   * What was handed on at once: {@code series -> value@time}; a marker is the word stale, a start
   * time follows as {@code since 1000}. Exemplars: {@code series # labels value time}.
   */
  public record Batch(Map<String, String> samples, List<String> exemplars) {
    /** What a series got, or "nothing". */
    public String of(String series) {
      return samples.getOrDefault(series, "nothing");
    }

    /** Without up and scrape_*. */
    public Map<String, String> page() {
      var page = new TreeMap<>(samples);
      page.keySet().removeIf(name -> name.startsWith("scrape_") || name.startsWith("up{"));
      return page;
    }
  }

  private final BlockingQueue<Batch> batches = new LinkedBlockingQueue<>();
  private final Map<String, MetricMetadata> metadata = new ConcurrentHashMap<>();
  private final Map<String, String> refused = new ConcurrentHashMap<>();
  private final Set<String> held = ConcurrentHashMap.newKeySet();

  /** The next batch; waits for it. */
  public Batch take() throws InterruptedException {
    return batches.take();
  }

  public List<Batch> takeAll() {
    var all = new ArrayList<Batch>();
    batches.drainTo(all);
    return all;
  }

  public Map<String, MetricMetadata> metadata() {
    return metadata;
  }

  /** Series that were asked for and not released, of all writers. */
  public Set<String> held() {
    return Set.copyOf(held);
  }

  /** From now on series of this metric are not taken. */
  public void refuse(String metric, String reason) {
    refused.put(metric, reason);
  }

  public void takeAgain(String metric) {
    refused.remove(metric);
  }

  @Override
  public MetricWriter writer() {
    return new Writer();
  }

  private final class Writer implements MetricWriter {
    private final Map<Long, Labels> handles = new HashMap<>();
    private final Map<Labels, Long> byLabels = new HashMap<>();
    private final Map<String, String> rows = new TreeMap<>();
    private final List<String> exemplars = new ArrayList<>();
    private String last = "";
    private long next = 1;

    @Override
    public long series(Labels labels) {
      String reason = refused.get(labels.metricName());
      if (reason != null) throw new Refusal.BadRequest(reason, "tell less");
      Long known = byLabels.get(labels);
      if (known != null) return known;
      handles.put(next, labels);
      byLabels.put(labels, next);
      held.add(labels.toString());
      return next++;
    }

    @Override
    public void release(long series) {
      Labels labels = handles.remove(series);
      if (labels == null) throw new AssertionError("released twice: " + series);
      byLabels.remove(labels);
      held.remove(labels.toString());
    }

    @Override
    public void sample(long series, long timeMs, double value) {
      String text = Stale.isMarker(value) ? "stale" : number(value);
      last = labels(series).toString();
      rows.putIfAbsent(last, text + "@" + timeMs);
    }

    @Override
    public void histogram(long series, long timeMs, Histogram histogram) {
      last = labels(series).toString();
      rows.putIfAbsent(last, histogram + "@" + timeMs);
    }

    @Override
    public void startOfLast(long startMs) {
      if (startMs != SampleColumns.NO_START) rows.merge(last, " since " + startMs, String::concat);
    }

    @Override
    public void exemplar(long series, Exemplar exemplar) {
      exemplars.add(
          "%s # %s %s %d"
              .formatted(
                  labels(series), exemplar.labels(), number(exemplar.value()), exemplar.timeMs()));
    }

    private Labels labels(long series) {
      Labels labels = handles.get(series);
      if (labels == null) throw new AssertionError("not a live handle: " + series);
      return labels;
    }

    private static String number(double value) {
      return value == (long) value ? Long.toString((long) value) : Double.toString(value);
    }

    @Override
    public void metadata(String metric, MetricMetadata said) {
      metadata.put(metric, said);
    }

    @Override
    public Receipt commit() {
      var batch = new Batch(new TreeMap<>(rows), List.copyOf(exemplars));
      rows.clear();
      exemplars.clear();
      batches.add(batch);
      return Receipt.allKept(batch.samples().size());
    }

    @Override
    public void close() {
      handles.clear();
    }
  }
}
