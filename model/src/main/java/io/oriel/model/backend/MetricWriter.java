package io.oriel.model.backend;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.histogram.Histogram;

/**
 * One producer's way in. Samples are collected as rows and handed on whole by {@link #commit}: a
 * scrape or a push is one record of the write-ahead log. Not thread-safe; one thread at a time.
 *
 * <p>A series is looked up by its labels once and then named by its handle, so that a sample of a
 * known series costs no allocation. A handle stays good until it is {@link #release released} or
 * the writer is closed; the store does not forget a series while somebody holds its handle. As long
 * as one writer holds it, every writer of the same sink may name the series by it.
 */
public interface MetricWriter extends AutoCloseable {
  /**
   * The handle of a series, which is made where there is none yet.
   *
   * @throws io.oriel.model.limit.Refusal when the labels break a limit or have no metric name; the
   *     writer stays usable
   */
  long series(Labels labels);

  /**
   * Whether anything of the series was ever kept, so that it is worth a handle; to be asked after
   * {@link #commit}. A sink that can't tell says that it was.
   */
  default boolean isKept(long series) {
    return true;
  }

  /** Lets go of a handle that will not be used any more. */
  void release(long series);

  /** One more row of the batch. The value may be {@link io.oriel.model.Stale#MARKER}. */
  void sample(long series, long timeMs, double value);

  /**
   * One more row of the batch: a native histogram. One whose sum is the stale marker is a marker.
   */
  void histogram(long series, long timeMs, Histogram histogram);

  /**
   * Says when the counter of the row that was added last began, in milliseconds; {@link
   * io.oriel.model.SampleColumns#NO_START} says nothing.
   */
  void startOfLast(long startMs);

  /**
   * An example behind a sample of the series. One that equals the newest of its series changes
   * nothing; the store keeps the newest of all series, so many as its limit allows.
   */
  void exemplar(long series, Exemplar exemplar);

  /** What the source says of a metric; kept beside the series, replaced by a later word. */
  void metadata(String metric, MetricMetadata metadata);

  /**
   * Hands the batch on, and starts a new one. When it returns, the samples that were kept survive
   * the death of this process; of the machine after the write-ahead log's sync interval.
   *
   * @return what was kept and what was refused; one refused sample costs no other
   * @throws io.oriel.model.limit.Refusal.Unavailable when nothing can be taken in now (disk full,
   *     store closed); the batch is dropped then
   */
  Receipt commit();

  /** Drops rows that were not committed and lets go of all handles. */
  @Override
  void close();
}
