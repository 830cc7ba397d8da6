package io.oriel.collect.discover;

import io.oriel.collect.peer.Address;

/** A system that is to be read, where it is, and what a person decided about it. */
public record FoundSystem(SystemKind kind, Address address, SystemOptions options) {
  public FoundSystem(SystemKind kind, Address address) {
    this(kind, address, SystemOptions.NORMAL);
  }
}
