package io.oriel.server.demo;

import io.oriel.metrics.BlockImport;
import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.histogram.Histogram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What collectors tell of a piece of the past, by series, until it is handed on whole. Not
 * thread-safe.
 */
final class PastSamples implements MetricSink {
  private final Map<Labels, Integer> ids = new HashMap<>();
  private final List<Track> tracks = new ArrayList<>();
  private final SampleColumns columns = new SampleColumns(2_048);
  private long[] times = new long[512];
  private int rounds;

  /** From now on it is that moment; moments only rise. */
  void round(long timeMs) {
    if (rounds == times.length) times = Arrays.copyOf(times, 2 * rounds);
    times[rounds++] = timeMs;
  }

  /** Hands all of it on, in the order of labels; the next piece begins. */
  void handOn(BlockImport into) throws IOException {
    Track[] sorted = tracks.toArray(Track[]::new);
    Arrays.sort(sorted);
    for (Track each : sorted) {
      if (!each.isEmpty()) {
        each.fill(times, rounds, columns);
        into.add(each.labels, columns);
      }
      each.clear();
    }
    rounds = 0;
  }

  @Override
  public MetricWriter writer() {
    return new Writer();
  }

  private final class Writer implements MetricWriter {
    @Override
    public long series(Labels labels) {
      Integer known = ids.get(labels);
      if (known != null) return known;
      ids.put(labels, tracks.size());
      tracks.add(new Track(labels));
      return tracks.size() - 1L;
    }

    @Override
    public void release(long series) {} // a series of the same labels may come again

    @Override
    public void sample(long series, long timeMs, double value) {
      tracks.get((int) series).tell(rounds - 1, value);
    }

    @Override
    public void histogram(long series, long timeMs, Histogram histogram) {
      throw new UnsupportedOperationException("no simulated system tells native histograms");
    }

    @Override
    public void startOfLast(long startMs) {}

    @Override
    public void exemplar(long series, Exemplar exemplar) {}

    @Override
    public void metadata(String metric, MetricMetadata metadata) {} // the present says the same

    @Override
    public Receipt commit() {
      return Receipt.allKept(0);
    }

    @Override
    public void close() {}
  }
}
