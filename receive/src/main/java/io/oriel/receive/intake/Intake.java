package io.oriel.receive.intake;

import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.MetricWriter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * The way in that scrapes, collectors and pushes share. It stands before the store or before the
 * queue to an external engine. Thread-safe.
 */
public final class Intake implements MetricSink {
  private final MetricSink sink;
  private final Map<Repair, LongAdder> repaired = new EnumMap<>(Repair.class);

  public Intake(MetricSink sink) {
    this.sink = sink;
    for (Repair each : Repair.values()) repaired.put(each, new LongAdder());
  }

  @Override
  public MetricWriter writer() {
    return new IntakeWriter(sink.writer(), this);
  }

  void count(Repair repair, int samples) {
    adder(repair).add(samples);
  }

  /** How many samples or labels were repaired for a reason since the start. */
  public long repaired(Repair repair) {
    return adder(repair).sum();
  }

  private LongAdder adder(Repair repair) {
    return Objects.requireNonNull(repaired.get(repair));
  }
}
