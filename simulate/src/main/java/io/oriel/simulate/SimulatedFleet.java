package io.oriel.simulate;

import io.oriel.collect.gpu.Nvml;
import io.oriel.model.Clock;
import io.oriel.model.limit.Refusal;
import io.oriel.simulate.world.Scenario;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * A running simulated fleet as its readers see it: in this process, or in another on this machine.
 * Thread-safe.
 */
public interface SimulatedFleet extends AutoCloseable {
  /**
   * The fleet of a simulator in another process.
   *
   * @param control its control port, as {@code oriel simulate} prints it
   * @throws Refusal.CannotStart when no simulator answers there
   */
  static SimulatedFleet at(URI control, Clock clock) {
    return RemoteFleet.open(control, clock);
  }

  /** Where each system answers; an immutable list, the same while it runs. */
  List<Endpoint> endpoints();

  /** The simulated GPUs, for the GPU collector. */
  Nvml.Opening nvml();

  /** Stands for the host's {@code /proc}: its processes are the fleet's. */
  Path proc();

  /** Stands for the host's file system, where others look into it: at the models on its disk. */
  Path root();

  /**
   * Which scenario plays.
   *
   * @throws Refusal.Unavailable when the simulator does not answer
   */
  Scenario scenario();

  /**
   * Goes over to another scenario; the one before ends.
   *
   * @throws Refusal.Unavailable when the simulator does not answer
   */
  void scenario(Scenario next);

  @Override
  void close();
}
