package io.oriel.cli.backfill;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.backend.SelectedSeries;
import io.oriel.wire.exposition.ExpositionFormat;
import io.oriel.wire.exposition.TextWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Writes series as OpenMetrics, in the order of their labels, one after the other: memory grows
 * with the number of series, not with their samples. Types are not told, so that every line stands
 * for itself.
 */
public final class OpenMetricsExport {
  private static final int PIECE = 1 << 18; // characters

  private final MetricSource source;
  private final List<List<Matcher>> selectors;
  private final TimeRange range;
  private final TextWriter page = new TextWriter(ExpositionFormat.OPEN_METRICS);
  private final SampleColumns columns = new SampleColumns(1024);
  private final Set<String> warnings = new LinkedHashSet<>();
  private long series;
  private long samples;
  private long histograms;
  private long markers;
  private long starts;

  /**
   * @param selectors a series that several select is written once
   */
  public OpenMetricsExport(MetricSource source, List<List<Matcher>> selectors, TimeRange range) {
    this.source = source;
    this.selectors = selectors;
    this.range = range;
  }

  /** Writes the whole page, its last line included. */
  public void writeTo(OutputStream out) throws IOException {
    Set<Labels> written = selectors.size() > 1 ? new HashSet<>() : Set.of();
    for (List<Matcher> matchers : selectors) {
      try (SelectedSeries selected = source.select(matchers, range)) {
        for (int each : inOrder(selected)) {
          boolean again = selectors.size() > 1 && !written.add(selected.labels(each));
          if (!again) write(selected, each, out);
        }
        warnings.addAll(selected.warnings());
      }
    }
    out.write(page.take());
    out.write("# EOF\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static List<Integer> inOrder(SelectedSeries selected) {
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, selected.count()).boxed().toList());
    numbers.sort(Comparator.comparing(selected::labels));
    return numbers;
  }

  private void write(SelectedSeries selected, int number, OutputStream out) throws IOException {
    columns.clear();
    selected.read(number, columns);
    Labels labels = selected.labels(number);
    long before = samples;
    for (int i = 0; i < columns.size; i++) {
      if (columns.start(i) != SampleColumns.NO_START) starts++;
      if (columns.histogram(i) != null) histograms++;
      else if (Stale.isMarker(columns.values[i])) markers++;
      else write(labels, columns.values[i], columns.times[i], out);
    }
    if (samples > before) series++;
  }

  private void write(Labels labels, double value, long timeMs, OutputStream out)
      throws IOException {
    page.sample(labels, value, timeMs);
    samples++;
    if (page.waiting() > PIECE) out.write(page.take());
  }

  /** Series of which anything was written. */
  public long series() {
    return series;
  }

  /** Samples that were written. */
  public long samples() {
    return samples;
  }

  /** Native histograms that were left out, markers of their end among them. */
  public long histograms() {
    return histograms;
  }

  /** Markers that a series ended, which were left out. */
  public long markers() {
    return markers;
  }

  /** Start times that were left out; their samples were not. */
  public long starts() {
    return starts;
  }

  /** What makes the page doubtful, in whole sentences: a block that is damaged. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }
}
