package io.oriel.collect;

import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.TargetStatus;
import io.oriel.model.limit.Refusal;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one collector round after round until it is interrupted, and says how it went. */
final class CollectorLoop implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(CollectorLoop.class);

  private final Collector collector;
  private final MetricSink sink;
  private final Clock clock;
  private final Pace pace;
  private final long intervalMs;
  private final Labels labels;
  private final String id;
  private final String shownName;
  private final OwnMetrics ownMetrics;
  private final Readings readings = new Readings();
  private final Readings own = new Readings();
  private Map<String, String> failuresBefore = Map.of();
  private int roundsLost; // since the store last took one
  private boolean isBroken; // its last round ended by a defect
  private volatile TargetStatus status;

  /** What went wrong in a round, and what to do about it; both empty when nothing did. */
  private record Trouble(String happened, String remedy) {
    static final Trouble NONE = new Trouble("", "");
    private static final String READ_IT =
        "see that the user Oriel runs as may read it; the rest goes on";

    static Trouble of(String happened) {
      return new Trouble(happened, READ_IT);
    }

    /** Of a part; where it says what to do itself, behind a semicolon, that is the remedy. */
    static Trouble ofPart(String said) {
      int end = said.lastIndexOf("; ");
      return end < 0 ? of(said) : new Trouble(said.substring(0, end), said.substring(end + 2));
    }
  }

  CollectorLoop(
      Collector collector,
      MetricSink sink,
      Clock clock,
      Pace pace,
      long intervalMs,
      Labels targetLabels) {
    this.collector = collector;
    this.sink = sink;
    this.clock = clock;
    this.pace = pace;
    this.intervalMs = intervalMs;
    this.labels = labels(collector, targetLabels);
    String instance = collector.labels().valueOf("instance"); // one of several is told apart by it
    this.id =
        "collector-"
            + collector.name()
            + (instance.isEmpty() ? "" : "-" + instance.replaceAll("[^A-Za-z0-9._-]", "-"));
    this.shownName = instance.isEmpty() ? collector.name() : collector.name() + " " + instance;
    this.ownMetrics = new OwnMetrics(collector.name());
    this.status = status(TargetStatus.Health.UNKNOWN, Trouble.NONE, 0, 0, 0);
  }

  /** What is on every series of a collector. */
  static Labels labels(Collector collector, Labels targetLabels) {
    Labels.Builder all = targetLabels.toBuilder();
    if (targetLabels.get("job") == null) all.set("job", collector.name());
    Labels own = collector.labels();
    for (int i = 0; i < own.size(); i++) all.set(own.nameAt(i), own.valueAt(i));
    return all.build();
  }

  TargetStatus status() {
    return status;
  }

  @Override
  public void run() {
    try (collector;
        MetricWriter writer = sink.writer()) {
      var series = new SeriesWriter(writer, labels);
      try {
        while (true) round(writer, series, pace.next());
      } catch (InterruptedException _) {
        markEnded(writer, series);
      }
    }
  }

  /** One round; whatever goes wrong in it, the next one comes. */
  private void round(MetricWriter writer, SeriesWriter series, long timeMs)
      throws InterruptedException {
    try {
      collect(writer, series, timeMs);
    } catch (RuntimeException | Error e) {
      if (!isBroken) {
        log.error(
            "collector round failed collector={}; the next is tried, this is a defect of Oriel",
            collector.name(),
            e);
      }
      isBroken = true;
      status = status(TargetStatus.Health.DOWN, Trouble.of(e.toString()), timeMs, 0, 0);
      return;
    }
    if (isBroken) log.info("collector round is well again collector={}", collector.name());
    isBroken = false;
  }

  private void collect(MetricWriter writer, SeriesWriter series, long timeMs)
      throws InterruptedException {
    long began = clock.nanos();
    Trouble trouble = read();
    long took = clock.nanos() - began;
    boolean good = trouble.happened().isEmpty();
    ownMetrics.tell(readings, good, took, own);
    pace.told(readings, own);
    series.write(readings, timeMs);
    series.write(own, timeMs);
    try {
      writer.commit();
      sayStored();
    } catch (Refusal.Unavailable refused) {
      trouble = Trouble.of(String.valueOf(refused.getMessage()));
      sayNotStored(trouble.happened());
    }
    sayChanges();
    status = status(health(good), good ? firstOf(trouble) : trouble, timeMs, took, own.size());
  }

  /** What the store does not take is lost: said when that begins, and when it ends. */
  private void sayNotStored(String reason) {
    roundsLost++;
    if (roundsLost > 1) return;
    log.warn("collector not stored collector={} reason=\"{}\"", collector.name(), reason);
  }

  private void sayStored() {
    if (roundsLost == 0) return;
    log.info("collector stored again collector={} rounds_lost={}", collector.name(), roundsLost);
    roundsLost = 0;
  }

  private Trouble read() throws InterruptedException {
    readings.begin();
    try {
      collector.collect(readings);
      return Trouble.NONE;
    } catch (InterruptedException e) {
      throw e;
    } catch (CollectorFailure e) {
      return said(new Trouble(e.happened(), e.remedy()));
    } catch (Exception e) {
      return said(
          Trouble.of(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
    }
  }

  /** Logs a trouble when it begins, not every round. */
  private Trouble said(Trouble trouble) {
    if (status.health() != TargetStatus.Health.DOWN) {
      log.warn(
          "collector failed collector={} where={} reason=\"{}\"",
          collector.name(),
          collector.where(),
          trouble.happened());
    }
    return trouble;
  }

  /** That of the store, or else of the first part of the system that failed. */
  private Trouble firstOf(Trouble trouble) {
    if (!trouble.happened().isEmpty() || readings.failures().isEmpty()) return trouble;
    var first = readings.failures().entrySet().iterator().next();
    return Trouble.ofPart(first.getKey() + ": " + first.getValue());
  }

  /** A part that fails is logged when it begins to, not every round. */
  private void sayChanges() {
    if (readings.failures().equals(failuresBefore)) return;
    readings
        .failures()
        .forEach((part, reason) -> {
          if (reason.equals(failuresBefore.get(part))) return;
          log.warn(
              "part unreadable collector={} part={} reason={}", collector.name(), part, reason);
        });
    failuresBefore = Map.copyOf(readings.failures());
  }

  private void markEnded(MetricWriter writer, SeriesWriter series) {
    long now = clock.millis();
    series.endAll(readings, now);
    series.endAll(own, now);
    try {
      writer.commit();
    } catch (Refusal refused) {
      log.warn("series not ended collector={} reason={}", collector.name(), refused.getMessage());
    }
  }

  private static TargetStatus.Health health(boolean good) {
    return good ? TargetStatus.Health.UP : TargetStatus.Health.DOWN;
  }

  private TargetStatus status(
      TargetStatus.Health health, Trouble trouble, long lastMs, long took, long ownSamples) {
    boolean good = health == TargetStatus.Health.UP;
    TargetStatus before = status;
    long goodBefore = before == null ? 0 : before.lastGoodMs();
    int failuresBefore = before == null ? 0 : before.failuresInARow();
    return new TargetStatus(
        id,
        TargetStatus.Kind.COLLECTOR,
        collector.name(),
        shownName,
        collector.where(),
        labels,
        Map.of(),
        collector.foundBy(),
        health,
        trouble.happened(),
        trouble.remedy(),
        lastMs,
        good ? lastMs : goodBefore,
        took,
        readings.size() + ownSamples,
        intervalMs,
        intervalMs,
        health == TargetStatus.Health.DOWN ? failuresBefore + 1 : 0);
  }
}
