package io.oriel.wire.dns;

/**
 * What a record names.
 *
 * @param host a name without its last dot, or an address
 * @param port 0 where the record has none
 */
public record NamedHost(String host, int port) {}
