package io.oriel.simulate;

import io.oriel.collect.gpu.Nvml;
import io.oriel.collect.peer.Transport;
import io.oriel.model.Clock;
import io.oriel.simulate.gpu.FleetNvml;
import io.oriel.simulate.gpu.GpuReports;
import io.oriel.simulate.serve.Stage;
import io.oriel.simulate.serve.Systems;
import io.oriel.simulate.world.GpuProcess;
import io.oriel.simulate.world.GpuState;
import io.oriel.simulate.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The fleet's past, walked through by the normal collectors on a fast clock. Nothing is listened
 * at: the collectors ask by {@link #transport} and {@link #nvml}, the walk calls back for each
 * round, and whoever is called runs the collectors and writes what they tell.
 *
 * <p>It only goes forward. To fill a store newest first, walk the last day with one history and
 * what lies before it with another: equal worlds join without a seam. One thread at a time.
 */
public final class History {
  /** Is called for each round, with the world at that moment. */
  @FunctionalInterface
  public interface Round {
    /**
     * Runs the collectors once.
     *
     * @param epochMs the moment, milliseconds since 1970
     */
    void at(long epochMs) throws InterruptedException;
  }

  /**
   * A stretch of the past with a round at every step.
   *
   * @param fromMs the first round
   * @param toMs no round comes at it or after
   */
  public record Stretch(long fromMs, long toMs, long stepMs) {
    public Stretch {
      if (stepMs < 1_000) throw new IllegalArgumentException("a step is at least a second");
    }

    /** How many rounds it has. */
    public long rounds() {
      return Math.max(0, (toMs - fromMs + stepMs - 1) / stepMs);
    }
  }

  private static final long DAY_MS = 86_400_000;
  private static final Duration FINE = Duration.ofHours(24);
  private static final long FINE_STEP_MS = 15_000;
  private static final long COARSE_STEP_MS = 120_000;

  private final World world;
  private final Stage stage;
  private final Systems systems;
  private final long endMs;
  private volatile long nowMs;

  History(World world, long endMs, ToIntFunction<String> ports) {
    this.world = world;
    this.endMs = endMs;
    this.nowMs = world.nowMs();
    this.stage = new Stage(world, () -> nowMs);
    this.systems = new Systems(stage, ports, null);
  }

  /** The usual stretches, oldest first: every two minutes, and every 15 s in the last day. */
  public List<Stretch> stretches() {
    long begin = round(world.startMs() + COARSE_STEP_MS, COARSE_STEP_MS);
    long seam = Math.max(begin, round(endMs - FINE.toMillis(), COARSE_STEP_MS));
    return List.of(
        new Stretch(begin, seam, COARSE_STEP_MS), new Stretch(seam, endMs, FINE_STEP_MS));
  }

  private static long round(long ms, long step) {
    return ms / step * step;
  }

  /**
   * Walks through a stretch; what lies between now and it is stepped over.
   *
   * @throws IllegalArgumentException when the stretch begins before what was walked already
   */
  public void walk(Stretch stretch, Round round) throws InterruptedException {
    if (stretch.fromMs() < nowMs) {
      throw new IllegalArgumentException(
          "history is at %s already, and can't go back to %s"
              .formatted(Instant.ofEpochMilli(nowMs), Instant.ofEpochMilli(stretch.fromMs())));
    }
    for (long day = nowMs; day < stretch.fromMs(); day += DAY_MS) step(day);
    for (long at = stretch.fromMs(); at < stretch.toMs(); at += stretch.stepMs()) {
      step(at);
      round.at(at);
    }
  }

  private void step(long ms) throws InterruptedException {
    if (Thread.interrupted()) throw new InterruptedException();
    nowMs = ms;
    stage.now(world::nowMs);
  }

  /** As {@link Simulation#transport}. */
  public Transport transport(String name) {
    return Simulation.transport(systems, name);
  }

  /** As {@link Simulation#nvml}. */
  public Nvml.Opening nvml() {
    return () ->
        new FleetNvml("simulated fleet", () -> stage.now(() -> GpuReports.of(world)), false);
  }

  /**
   * In which container a process on a GPU is at the moment.
   *
   * @param pid as the host counts
   * @return its name; null where no process on a GPU has that number
   */
  public @Nullable String containerOf(long pid) {
    for (GpuState gpu : world.gpus()) {
      for (GpuProcess each : gpu.processes()) if (each.pid() == pid) return each.container();
    }
    return null;
  }

  /** What the collectors take for the time of day. */
  public Clock clock() {
    return new FastClock();
  }

  private final class FastClock implements Clock {
    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(nowMs);
    }

    @Override
    public long millis() {
      return nowMs;
    }

    @Override
    public long nanos() {
      return nowMs * 1_000_000;
    }

    @Override
    public void sleepUntil(long epochMs) {} // here time goes by in steps of the walk
  }
}
