package io.oriel.collect;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.Stale;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.limit.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts readings into the rows of a writer: a new series gets its handle, a gone one its marker. */
final class SeriesWriter {
  private static final Logger log = LoggerFactory.getLogger(SeriesWriter.class);

  private final MetricWriter writer;
  private final Labels targetLabels;
  private final Set<String> described = new HashSet<>();

  SeriesWriter(MetricWriter writer, Labels targetLabels) {
    this.writer = writer;
    this.targetLabels = targetLabels;
  }

  /** Adds a round's rows, and the end of the series that the round lacks. */
  void write(Readings readings, long timeMs) {
    List<Slot> told = readings.told();
    for (int i = 0; i < told.size(); i++) {
      Slot slot = told.get(i);
      if (slot.handle == Slot.NO_HANDLE) resolve(slot);
      if (slot.handle >= 0) writer.sample(slot.handle, timeMs, slot.value);
    }
    end(readings.takeGone(), timeMs);
  }

  /** Says of everything that was told last that it has ended. */
  void endAll(Readings readings, long timeMs) {
    end(readings.told(), timeMs);
  }

  private void end(List<Slot> slots, long timeMs) {
    for (Slot slot : slots) {
      if (slot.handle < 0) continue;
      writer.sample(slot.handle, timeMs, Stale.MARKER);
      writer.release(slot.handle);
      slot.handle = Slot.NO_HANDLE;
    }
  }

  private void resolve(Slot slot) {
    try {
      slot.handle = writer.series(full(slot));
    } catch (Refusal refused) {
      slot.handle = Slot.REFUSED;
      log.warn("series refused metric={} reason={}", slot.metric.name(), refused.getMessage());
      return;
    }
    Metric metric = slot.metric;
    if (described.add(metric.family())) {
      writer.metadata(metric.family(), new MetricMetadata(metric.type(), metric.help(), ""));
    }
  }

  /** The collector's own labels win over the target's, as with {@code honor_labels}. */
  private Labels full(Slot slot) {
    Labels.Builder all = targetLabels.toBuilder().set(Labels.NAME, slot.metric.name());
    for (int i = 0; i < slot.labels.size(); i++) {
      all.set(slot.labels.nameAt(i), slot.labels.valueAt(i));
    }
    return all.build();
  }
}
