package io.oriel.wire.exposition;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.histogram.InvalidHistogram;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a parser and its visitor, and makes of the series of a classic histogram ({@code
 * _bucket}, {@code _count}, {@code _sum}) one sample: a native histogram with custom buckets, whose
 * bounds are the values of {@code le}. What is no histogram goes on as it came. One a page; {@link
 * #end} when the page was read.
 *
 * <p>Source: {@code convert_classic_histograms_to_nhcb} of Prometheus, {@code
 * model/textparse/nhcbparse.go}. As there, a series that came as native histogram already is not
 * made again. One whose buckets contradict each other is told as {@link SampleVisitor#invalid}.
 */
public final class ClassicAsCustom implements SampleVisitor {
  private static final String BUCKET = "_bucket";
  private static final String COUNT = "_count";
  private static final String SUM = "_sum";
  private static final String BOUND = "le";
  private static final int LONGEST = 1 << 20;

  private record Told(SeriesText labels, double value, long timestampMs) {}

  private final SampleVisitor next;
  private final boolean classicToo;
  private String family = ""; // by the last TYPE line, where that said histogram
  private Labels nativeAlready = Labels.EMPTY;

  // of the histogram that is being collected
  private @Nullable Labels collecting;
  private final CumulativeBuckets buckets = new CumulativeBuckets();
  private final List<Told> exemplars = new ArrayList<>();
  private long timestampMs;
  private long startMs;
  private boolean isLastCollected; // the sample that was heard last

  /**
   * @param classicToo whether the classic series go on beside
   */
  public ClassicAsCustom(SampleVisitor next, boolean classicToo) {
    this.next = next;
    this.classicToo = classicToo;
  }

  @Override
  public void sample(SeriesText series, double value, long timestamp) throws SyntaxError {
    isLastCollected = !family.isEmpty() && collect(series, value, timestamp);
    if (!isLastCollected) tell();
    if (!isLastCollected || classicToo) next.sample(series, value, timestamp);
  }

  /** Whether it is a part of a histogram. */
  private boolean collect(SeriesText series, double value, long timestamp) throws SyntaxError {
    Labels labels = series.labels();
    String name = labels.metricName();
    if (!name.startsWith(family)) return false;
    String part = name.substring(family.length());
    String bound = labels.get(BOUND);
    boolean isBucket = part.equals(BUCKET) && bound != null;
    if (!isBucket && !part.equals(COUNT) && !part.equals(SUM)) return false;
    Labels.Builder whose = labels.toBuilder().set(Labels.NAME, family);
    if (isBucket) whose.remove(BOUND);
    Labels histogram = whose.build();
    if (histogram.equals(nativeAlready)) return false;
    double upper = bound != null && isBucket ? bound(bound) : 0;
    if (Double.isNaN(upper)) return false;
    if (collecting == null || !histogram.equals(collecting)) begin(histogram);
    timestampMs = timestamp;
    if (isBucket) buckets.bucket(upper, value);
    else if (part.equals(COUNT)) buckets.count(value);
    else buckets.sum(value);
    return true;
  }

  private static double bound(String text) {
    try {
      return switch (text) {
        case "+Inf" -> Double.POSITIVE_INFINITY;
        case "-Inf" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(text);
      };
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }

  private void begin(Labels histogram) throws SyntaxError {
    tell();
    collecting = histogram;
    buckets.clear();
    exemplars.clear();
    startMs = NO_TIMESTAMP;
  }

  /** Hands on what was collected. */
  private void tell() throws SyntaxError {
    Labels whose = collecting;
    if (whose == null) return;
    collecting = null;
    SeriesText name = text(whose);
    Histogram histogram;
    try {
      histogram = buckets.histogram();
    } catch (InvalidHistogram e) {
      next.invalid(name, String.valueOf(e.getMessage()));
      return;
    }
    next.histogram(name, histogram, timestampMs);
    if (startMs != NO_TIMESTAMP) next.startOfLast(startMs);
    for (Told each : exemplars) next.exemplar(each.labels, each.value, each.timestampMs);
  }

  private static SeriesText text(Labels labels) throws SyntaxError {
    var text = new StringBuilder("{");
    ProtobufSeries.quoted(text, labels.metricName());
    for (int i = 0; i < labels.size(); i++) {
      if (labels.nameAt(i).equals(Labels.NAME)) continue;
      text.append(',');
      ProtobufSeries.quoted(text, labels.nameAt(i));
      text.append('=');
      ProtobufSeries.quoted(text, labels.valueAt(i));
    }
    return ProtobufSeries.of(text.append('}'), LONGEST, true);
  }

  @Override
  public void metadata(MetadataText said) throws SyntaxError {
    tell();
    if (said.kind() == MetadataText.Kind.TYPE) {
      family = said.type() == MetricMetadata.Type.HISTOGRAM ? said.metric() : "";
    }
    next.metadata(said);
  }

  @Override
  public boolean wantsHistograms() {
    return next.wantsHistograms();
  }

  @Override
  public boolean wantsClassicHistograms() {
    return next.wantsClassicHistograms();
  }

  @Override
  public void histogram(SeriesText series, Histogram histogram, long timestamp) throws SyntaxError {
    tell();
    isLastCollected = false;
    nativeAlready = series.labels();
    next.histogram(series, histogram, timestamp);
  }

  @Override
  public void invalid(SeriesText series, String why) throws SyntaxError {
    tell();
    isLastCollected = false;
    next.invalid(series, why);
  }

  @Override
  public void startOfLast(long start) {
    if (isLastCollected) startMs = start;
    if (!isLastCollected || classicToo) next.startOfLast(start);
  }

  @Override
  public boolean wantsExemplars() {
    return next.wantsExemplars();
  }

  /** Those of the buckets are the histogram's; what they are told in is lent, so it is copied. */
  @Override
  public void exemplar(SeriesText labels, double value, long timestamp) throws SyntaxError {
    if (isLastCollected) exemplars.add(new Told(labels.copy(), value, timestamp));
    if (!isLastCollected || classicToo) next.exemplar(labels, value, timestamp);
  }

  /** The page is at its end. */
  public void end() throws SyntaxError {
    tell();
  }
}
