package io.oriel.engines.prometheus;

/** What became of one request: a closed family. */
sealed interface Outcome {
  /** Taken. */
  record Taken() implements Outcome {}

  /** Answered with success by somebody who wrote nothing of it. */
  record Unconfirmed(String why) implements Outcome {}

  /**
   * Refused for good: a second try would be refused, too.
   *
   * @param reason a label of a counter
   */
  record Refused(String reason, String why) implements Outcome {}

  /** The receiver does not know this version of the protocol. */
  record OtherVersion(String why) implements Outcome {}

  /**
   * Not now.
   *
   * @param waitMs how long the receiver asks to be left alone; 0 = it doesn't say
   */
  record Later(String why, long waitMs) implements Outcome {}
}
