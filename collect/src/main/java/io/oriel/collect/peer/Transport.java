package io.oriel.collect.peer;

import io.oriel.wire.fetch.Ask;
import io.oriel.wire.fetch.FetchFailure;
import io.oriel.wire.fetch.PageBuffer;

/** How questions reach a system: by a connection, or without one where it lives in this process. */
@FunctionalInterface
public interface Transport extends AutoCloseable {
  /**
   * Fills the buffer with the answer.
   *
   * @return its {@code Content-Type}, empty when it has none
   * @throws FetchFailure when there is no answer, or none with status 200
   */
  String fetch(Ask ask, PageBuffer into) throws FetchFailure, InterruptedException;

  /** Ends what is open; the next question opens it again. */
  @Override
  default void close() {}
}
