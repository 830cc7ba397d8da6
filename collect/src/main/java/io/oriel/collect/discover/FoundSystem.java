package io.oriel.collect.discover;

import io.oriel.collect.peer.Address;

/** A system that is to be read, and where it is. */
public record FoundSystem(SystemKind kind, Address address) {}
