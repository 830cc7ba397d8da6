package io.oriel.wire.exposition;

import io.oriel.model.histogram.Histogram;

/** Is called for each line of a page, in order. What it is handed is lent for the call only. */
public interface SampleVisitor {
  /** In the place of a time where the line has none. */
  long NO_TIMESTAMP = Long.MIN_VALUE;

  /**
   * One sample.
   *
   * @param series the text that names it, not read yet: {@link SeriesText#labels} reads it
   * @param timestampMs milliseconds since 1970, or {@link #NO_TIMESTAMP}
   * @throws SyntaxError from {@link SeriesText#labels}, to be passed on
   */
  void sample(SeriesText series, double value, long timestampMs) throws SyntaxError;

  /**
   * Whether {@link #histogram} is to be called where a page has native histograms; where not, their
   * classic buckets are told.
   */
  default boolean wantsHistograms() {
    return false;
  }

  /** Whether the classic buckets of a native histogram are told beside it. */
  default boolean wantsClassicHistograms() {
    return false;
  }

  /** One sample that is a native histogram. */
  default void histogram(SeriesText series, Histogram histogram, long timestampMs)
      throws SyntaxError {}

  /** A native histogram that contradicts itself; the page goes on. */
  default void invalid(SeriesText series, String why) throws SyntaxError {}

  /** When the counter of the sample before began. */
  default void startOfLast(long startMs) {}

  /** What the page says of a metric: help, type or unit. */
  default void metadata(MetadataText metadata) throws SyntaxError {}

  /** Whether {@link #exemplar} is to be called; where not, exemplars are only checked for form. */
  default boolean wantsExemplars() {
    return false;
  }

  /** The exemplar of the sample before: its labels are without metric name. */
  default void exemplar(SeriesText labels, double value, long timestampMs) throws SyntaxError {}
}
