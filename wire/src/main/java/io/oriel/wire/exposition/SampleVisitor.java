package io.oriel.wire.exposition;

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

  /** What the page says of a metric: help, type or unit. */
  default void metadata(MetadataText metadata) throws SyntaxError {}

  /** Whether {@link #exemplar} is to be called; where not, exemplars are only checked for form. */
  default boolean wantsExemplars() {
    return false;
  }

  /** The exemplar of the sample before: its labels are without metric name. */
  default void exemplar(SeriesText labels, double value, long timestampMs) throws SyntaxError {}
}
