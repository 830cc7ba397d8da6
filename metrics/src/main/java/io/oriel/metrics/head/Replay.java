package io.oriel.metrics.head;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.Histogram;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes a record of the log over into the head. What is refused now was in the checkpoint or in a
 * block already: the log holds only what was kept.
 */
final class Replay implements BatchRecord.Visitor {
  private final Head head;
  private long windowStart = 1; // none yet
  private long windowEnd;
  private final SampleColumns late = new SampleColumns(0); // of one series
  private int lateId;

  private Replay(Head head) {
    this.head = head;
  }

  static void take(ByteBuffer record, Head into) {
    var replay = new Replay(into);
    BatchRecord.read(record, replay);
    replay.end();
  }

  @Override
  public void series(int id, Labels labels) {
    head.restoreSeries(id, labels);
  }

  @Override
  public void sample(
      int id, long timeMs, long valueBits, @Nullable Histogram histogram, long startMs) {
    if (!head.shardOf(id).isInUse(Head.slotOf(id))) return; // dropped since, with all its samples
    if (timeMs < windowStart || timeMs >= windowEnd) {
      long window = Math.floorDiv(timeMs, head.blockRangeMs);
      windowStart = window * head.blockRangeMs;
      windowEnd = windowStart + head.blockRangeMs;
      if (timeMs >= head.floorMs()) head.windows.appended(window, 0);
    }
    @Nullable Object refused = head.append(id, timeMs, valueBits, histogram, startMs, windowStart);
    if (refused == null) head.windows.saw(timeMs, timeMs);
  }

  @Override
  public void lateSample(
      int id, long timeMs, long valueBits, @Nullable Histogram histogram, long startMs) {
    if (id != lateId) end();
    lateId = id;
    if (histogram == null) late.add(timeMs, Double.longBitsToDouble(valueBits));
    else late.add(timeMs, histogram);
    late.startOfLast(startMs);
  }

  /** Behind the last row of a series. */
  private void end() {
    if (late.size == 0) return;
    if (head.shardOf(lateId).isInUse(Head.slotOf(lateId))) head.outOfOrder.restore(lateId, late);
    late.clear();
  }

  @Override
  public void exemplar(int id, Exemplar exemplar) {
    if (!head.shardOf(id).isInUse(Head.slotOf(id))) return;
    head.exemplars.restore(head.index().labels(id), exemplar);
  }

  @Override
  public void metadata(String metric, MetricMetadata said) {
    head.remember(metric, said);
  }
}
