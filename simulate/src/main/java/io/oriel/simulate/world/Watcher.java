package io.oriel.simulate.world;

/** Is told what happens, in order, while the world steps forward. It must not ask it to step. */
public interface Watcher {
  default void runBegan(Run run) {}

  default void runEnded(Run run) {}

  /** At the gateway. */
  default void created(SimRequest request) {}

  /** At its model server. */
  default void arrived(SimRequest request) {}

  /** It left the queue. */
  default void started(SimRequest request) {}

  default void firstToken(SimRequest request) {}

  /** It is over, well or not. */
  default void ended(SimRequest request) {}

  /** Passages were looked up in the vector database. */
  default void searched(Search search) {}

  /** A container's process is there: what it counted before is forgotten. */
  default void began(SimContainer container) {}

  /** A container's process is gone. */
  default void stopped(SimContainer container) {}
}
