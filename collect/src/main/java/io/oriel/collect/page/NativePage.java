package io.oriel.collect.page;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.peer.Peer;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.limit.Limits;
import io.oriel.wire.exposition.ExpositionFormat;
import io.oriel.wire.exposition.MetadataText;
import io.oriel.wire.exposition.SampleVisitor;
import io.oriel.wire.exposition.SeriesText;
import io.oriel.wire.exposition.SyntaxError;
import io.oriel.wire.fetch.PageBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one system's page round after round. A line that was there in the round before is known by
 * its bytes; its labels are read once. Most pages have the lines of the round before in the same
 * order: each is held against the one that is expected next, and looked for only where it differs.
 *
 * <p>A page that can't be read to its end tells nothing: half a histogram is worse than none.
 */
public final class NativePage {
  /** Looks at each sample in passing; a series is the same object from round to round. */
  @FunctionalInterface
  public interface Onlooker {
    void sample(PageSeries series);
  }

  private static final int MOST_SERIES = 50_000;

  private final Peer peer;
  private final String path;
  private List<PageSeries> order = new ArrayList<>(); // of the page before
  private List<PageSeries> spare = new ArrayList<>(); // what the next one is written into

  /** The same by the hash of their bytes; empty until a line is not the expected one. */
  private final Map<Long, PageSeries> known = new HashMap<>();

  /**
   * @param path below the peer's address: {@code /metrics}
   */
  public NativePage(Peer peer, String path) {
    this.peer = peer;
    this.path = path;
  }

  /**
   * Asks for the page and tells all of it.
   *
   * @param onlooker is called for each sample, in the page's order
   */
  public void read(Readings out, Onlooker onlooker) throws CollectorFailure, InterruptedException {
    PageBuffer page = peer.page(path);
    var lines = new Lines();
    try {
      var format = ExpositionFormat.choose(peer.contentType(), null);
      if (format.format() == null) throw notMetrics(format.warning());
      format.format().parse(page.bytes(), page.length(), Limits.NORMAL, lines);
    } catch (SyntaxError e) {
      throw notMetrics(String.valueOf(e.getMessage()));
    } finally {
      page.trim();
    }
    if (lines.described > MOST_SERIES) {
      throw notMetrics("it has more than %d series".formatted(MOST_SERIES));
    }
    if (lines.isOther()) take(lines.told);
    for (PageSeries series : order) {
      out.tell(series.metric(), series.labels(), series.value());
      onlooker.sample(series);
    }
  }

  /** From now on the lines are expected as they were on this page. */
  private void take(List<PageSeries> told) {
    spare = order;
    order = told;
    known.clear();
    for (int i = 0; i < told.size(); i++) told.get(i).place(i);
  }

  private CollectorFailure notMetrics(String reason) {
    return new CollectorFailure(
        "%s%s is no page of metrics: %s".formatted(peer.address().shown(), path, reason),
        "is this the right address, and are metrics switched on there?");
  }

  /** One pass over a page. */
  private final class Lines implements SampleVisitor {
    final List<PageSeries> told = spare;
    int described;
    private int next; // of the page before
    private boolean isInOrder = true;
    private final Map<String, MetricMetadata.Type> types = new HashMap<>();
    private final Map<String, String> helps = new HashMap<>();

    Lines() {
      told.clear();
    }

    /** Whether any line is new, gone or elsewhere. */
    boolean isOther() {
      return !isInOrder || told.size() != order.size();
    }

    @Override
    public void sample(SeriesText text, double value, long timestampMs) throws SyntaxError {
      PageSeries series = expected(text);
      if (series == null) {
        if (described++ >= MOST_SERIES) return; // nobody reads half of it: the page is refused
        series = describe(text);
      }
      series.value(value);
      told.add(series);
    }

    /** The series of the page before that has this text; null where it had none. */
    private @Nullable PageSeries expected(SeriesText text) {
      if (next < order.size() && order.get(next).isOf(text)) return order.get(next++);
      isInOrder = false;
      if (known.isEmpty()) for (PageSeries each : order) known.put(each.hash(), each);
      PageSeries found = known.get(text.hash());
      if (found == null || !found.isOf(text)) return null;
      next = found.place() + 1;
      return found;
    }

    private PageSeries describe(SeriesText text) throws SyntaxError {
      Labels all = text.labels();
      String name = all.metricName();
      String family = Families.of(name, types);
      var type = types.getOrDefault(family, MetricMetadata.Type.UNKNOWN);
      var metric = new Metric(name, type, helps.getOrDefault(family, ""), family);
      return new PageSeries(text, metric, all.withoutName());
    }

    @Override
    public void metadata(MetadataText metadata) throws SyntaxError {
      if (types.size() + helps.size() >= MOST_SERIES) return; // more than there can be series
      switch (metadata.kind()) {
        case TYPE -> types.putIfAbsent(metadata.metric(), metadata.type());
        case HELP -> helps.putIfAbsent(metadata.metric(), metadata.text());
        case UNIT -> {} // says what the name says
      }
    }
  }
}
