package io.oriel.collect;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.Stale;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.histogram.Histogram;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/** A sink that keeps what is committed, a list of readable lines a commit. */
final class SeriesInMemory implements MetricSink {
  final LinkedBlockingQueue<List<String>> commits = new LinkedBlockingQueue<>();

  @Override
  public MetricWriter writer() {
    return new Writer();
  }

  private final class Writer implements MetricWriter {
    private final List<Labels> series = new ArrayList<>();
    private List<String> batch = new ArrayList<>();

    @Override
    public long series(Labels labels) {
      series.add(labels);
      return series.size() - 1L;
    }

    @Override
    public void release(long handle) {}

    @Override
    public void sample(long handle, long timeMs, double value) {
      String shown = Stale.isMarker(value) ? "stale" : "" + value;
      batch.add(series.get((int) handle) + " " + shown + " @" + timeMs);
    }

    @Override
    public void histogram(long handle, long timeMs, Histogram histogram) {
      batch.add(series.get((int) handle) + " " + histogram + " @" + timeMs);
    }

    @Override
    public void startOfLast(long startMs) {}

    @Override
    public void exemplar(long handle, Exemplar exemplar) {}

    @Override
    public void metadata(String metric, MetricMetadata metadata) {}

    @Override
    public Receipt commit() {
      commits.add(batch);
      int size = batch.size();
      batch = new ArrayList<>();
      return Receipt.allKept(size);
    }

    @Override
    public void close() {}
  }
}
