package io.oriel.simulate.serve;

import io.oriel.simulate.http.Answer;
import io.oriel.simulate.http.Answering;
import io.oriel.simulate.world.World;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The world with its clock and its lock. Nobody drives it: before each answer it steps to now, so a
 * simulation that nobody looks at costs nothing.
 */
public final class Stage {
  private final ReentrantLock lock = new ReentrantLock();
  private final World world;
  private final LongSupplier nowMs;
  private Runnable afterSteps = () -> {};

  /**
   * @param nowMs the simulated time, milliseconds since 1970
   */
  public Stage(World world, LongSupplier nowMs) {
    this.world = world;
    this.nowMs = nowMs;
  }

  /** Is run after each use, with the world as it is then. */
  public void afterSteps(Runnable what) {
    afterSteps = what;
  }

  World world() {
    return world;
  }

  /** Does something with the world as it is now; nobody else does anything meanwhile. */
  public <T> T now(Supplier<T> what) {
    lock.lock();
    try {
      world.advanceTo(nowMs.getAsLong());
      T result = what.get();
      afterSteps.run();
      return result;
    } finally {
      lock.unlock();
    }
  }

  /** Answers with the world as it is now; a machine that is down does not answer. */
  Answering upToDate(Answering answering) {
    return question -> now(() -> world.isDown() ? Answer.NOBODY : answering.answer(question));
  }
}
