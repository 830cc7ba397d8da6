package io.oriel.collect;

/** When the rounds of a collector begin, and who hears what they told. */
interface Pace {
  /** Waits for the next round and gives its moment, in milliseconds since 1970. */
  long next() throws InterruptedException;

  /**
   * What a round told of the system and of itself; good until the next one begins. Not called for a
   * round that a defect ended.
   */
  default void told(Readings readings, Readings own) {}
}
