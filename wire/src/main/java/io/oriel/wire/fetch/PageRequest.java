package io.oriel.wire.fetch;

import io.oriel.wire.http.HttpSettings;
import java.net.URI;

/**
 * What is asked for, each time the same.
 *
 * @param timeoutMs for the whole exchange, from the name to the last byte
 * @param maxBytes of the page, unpacked
 * @param limitName what a person raises to allow more: "body_size_limit"
 */
public record PageRequest(
    URI uri, HttpSettings http, String accept, long timeoutMs, long maxBytes, String limitName) {}
