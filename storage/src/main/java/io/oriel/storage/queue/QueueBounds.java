package io.oriel.storage.queue;

import java.time.Duration;

/**
 * How much a queue holds.
 *
 * @param bytes of records that wait, at most
 * @param age after which a record is not worth sending any more; zero = never
 * @param whenFull what happens to a record that finds no room
 */
public record QueueBounds(long bytes, Duration age, WhenFull whenFull) {
  /** The two ways out of a full queue. */
  public enum WhenFull {
    /** The oldest records go, counted: what is new matters more. */
    DROP_OLDEST,
    /** The new record is refused by name: whoever sends it keeps it and slows down. */
    REFUSE
  }

  /** The smallest queue: a few records of usual size. */
  public static final long LEAST_BYTES = 1 << 20;

  public QueueBounds {
    if (bytes < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "a queue of %d bytes; %d is least".formatted(bytes, LEAST_BYTES));
    }
  }
}
