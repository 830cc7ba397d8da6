package io.oriel.receive.remotewrite;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A sink that writes down what it is handed, and counts who holds which series. Thread-safe. */
final class ListSink implements MetricSink {
  final List<String> kept = new ArrayList<>();
  final Map<Labels, Integer> asked = new HashMap<>();
  final Map<Long, Integer> holds = new HashMap<>();
  private final List<Labels> series = new ArrayList<>();
  int openWriters;
  final Set<Labels> unkept = new HashSet<>(); // nothing of them is ever kept
  boolean full;

  @Override
  public synchronized MetricWriter writer() {
    openWriters++;
    return new Writer();
  }

  synchronized int held() {
    return holds.values().stream().mapToInt(Integer::intValue).sum();
  }

  private final class Writer implements MetricWriter {
    private final List<String> rows = new ArrayList<>();
    private final Map<Long, Integer> own = new HashMap<>();
    private int samples;
    private int histograms;
    private int exemplars;

    @Override
    public long series(Labels labels) {
      synchronized (ListSink.this) {
        if (labels.metricName().isEmpty()) throw new Refusal.BadRequest("no name", "name it");
        asked.merge(labels, 1, Integer::sum);
        if (!series.contains(labels)) series.add(labels);
        long handle = series.indexOf(labels);
        holds.merge(handle, 1, Integer::sum);
        own.merge(handle, 1, Integer::sum);
        return handle;
      }
    }

    @Override
    public boolean isKept(long handle) {
      return !unkept.contains(series(handle));
    }

    @Override
    public void release(long handle) {
      synchronized (ListSink.this) {
        holds.merge(handle, -1, Integer::sum);
        own.merge(handle, -1, Integer::sum);
      }
    }

    @Override
    public void sample(long handle, long timeMs, double value) {
      rows.add(series(handle) + " " + timeMs + " " + value);
      samples++;
    }

    @Override
    public void histogram(long handle, long timeMs, Histogram histogram) {
      rows.add(series(handle) + " " + timeMs + " " + histogram);
      histograms++;
    }

    @Override
    public void startOfLast(long startMs) {
      if (startMs != SampleColumns.NO_START) {
        rows.add(rows.removeLast() + " since " + startMs);
      }
    }

    @Override
    public void exemplar(long handle, Exemplar exemplar) {
      rows.add(
          "%s # %s %s %d"
              .formatted(series(handle), exemplar.labels(), exemplar.value(), exemplar.timeMs()));
      exemplars++;
    }

    private Labels series(long handle) {
      synchronized (ListSink.this) {
        if (holds.getOrDefault(handle, 0) < 1) throw new IllegalStateException("nobody holds it");
        return series.get((int) handle);
      }
    }

    @Override
    public void metadata(String metric, MetricMetadata metadata) {
      rows.add(metric + " " + metadata);
    }

    @Override
    public Receipt commit() {
      synchronized (ListSink.this) {
        var receipt = Receipt.allKept(samples, histograms, exemplars);
        try {
          if (full) throw new Refusal.Unavailable("the disk is full", "make room");
          kept.addAll(rows);
        } finally {
          rows.clear();
          samples = histograms = exemplars = 0;
        }
        return receipt;
      }
    }

    @Override
    public void close() {
      synchronized (ListSink.this) {
        openWriters--;
        own.forEach((handle, count) -> holds.merge(handle, -count, Integer::sum));
        own.clear();
      }
    }
  }
}
