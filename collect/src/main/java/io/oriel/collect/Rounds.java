package io.oriel.collect;

import io.oriel.model.Labels;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.MetricWriter;

/**
 * One collector, run round by round by whoever walks through a past. It is told and labelled as
 * {@link Collecting} does; only how long a round took is not told, since nobody waited. Not
 * thread-safe.
 */
public final class Rounds implements AutoCloseable {
  private final Collector collector;
  private final MetricWriter writer;
  private final SeriesWriter series;
  private final OwnMetrics ownMetrics;
  private final Readings readings = new Readings();
  private final Readings own = new Readings();

  /**
   * @param collector is closed with this
   * @param targetLabels as for {@link Collecting#start}
   */
  public Rounds(Collector collector, MetricSink sink, Labels targetLabels) {
    this.collector = collector;
    this.writer = sink.writer();
    this.series = new SeriesWriter(writer, CollectorLoop.labels(collector, targetLabels));
    this.ownMetrics = new OwnMetrics(collector.name());
  }

  /** Asks once and writes what was told; a system that can't be read is down at that moment. */
  public void round(long timeMs) throws InterruptedException {
    ownMetrics.tell(readings, read(), OwnMetrics.NOT_MEASURED, own);
    series.write(readings, timeMs);
    series.write(own, timeMs);
    writer.commit();
  }

  private boolean read() throws InterruptedException {
    readings.begin();
    try {
      collector.collect(readings);
      return true;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return false; // as every failure of a round, whatever it was
    }
  }

  /** What was told does not end by that: another walk, or the present, goes on with it. */
  @Override
  public void close() {
    writer.close();
    collector.close();
  }
}
