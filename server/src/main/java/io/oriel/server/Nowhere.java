package io.oriel.server;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.histogram.Histogram;
import java.util.concurrent.atomic.AtomicLong;

/** The place of the store in an agent: what goes in is kept nowhere. */
final class Nowhere implements MetricSink {
  private final AtomicLong handles = new AtomicLong();

  @Override
  public MetricWriter writer() {
    return new Writer();
  }

  private final class Writer implements MetricWriter {
    private int samples;
    private int histograms;

    /** Each call gives another one: who stands beside tells series apart by it. */
    @Override
    public long series(Labels labels) {
      return handles.getAndIncrement();
    }

    @Override
    public void release(long series) {}

    @Override
    public void sample(long series, long timeMs, double value) {
      samples++;
    }

    @Override
    public void histogram(long series, long timeMs, Histogram histogram) {
      histograms++;
    }

    @Override
    public void startOfLast(long startMs) {}

    @Override
    public void exemplar(long series, Exemplar exemplar) {}

    @Override
    public void metadata(String metric, MetricMetadata metadata) {}

    @Override
    public Receipt commit() {
      Receipt receipt = Receipt.allKept(samples, histograms, 0);
      samples = 0;
      histograms = 0;
      return receipt;
    }

    @Override
    public void close() {}
  }
}
