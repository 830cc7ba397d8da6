package io.oriel.server.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A simulated fleet is watched.
 *
 * @param at the control port of a simulator in another process; empty: it is simulated in this one
 * @param scenario which it begins with when it is simulated in this process; empty: a normal day
 * @param past how much of its past is written into the store when it is simulated in this process;
 *     zero: none
 */
public record Demo(Optional<URI> at, String scenario, Duration past) {
  /** How much past there is unless it is said otherwise. */
  public static final Duration NORMAL_PAST = Duration.ofDays(30);

  /** Simulated in this process, on a normal day, without a past. */
  public static final Demo HERE = new Demo(Optional.empty(), "", Duration.ZERO);
}
