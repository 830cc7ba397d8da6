package io.oriel.server.config;

import java.net.URI;
import java.util.Optional;

/**
 * A simulated fleet is watched.
 *
 * @param at the control port of a simulator in another process; empty: it is simulated in this one
 * @param scenario which it begins with when it is simulated in this process; empty: a normal day
 */
public record Demo(Optional<URI> at, String scenario) {
  /** Simulated in this process, on a normal day. */
  public static final Demo HERE = new Demo(Optional.empty(), "");
}
