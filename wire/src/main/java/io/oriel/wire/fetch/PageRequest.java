package io.oriel.wire.fetch;

import io.oriel.wire.http.HttpSettings;
import java.net.URI;

/**
 * What is asked for, each time the same.
 *
 * @param timeoutMs for the whole exchange, from the name to the last byte
 * @param maxBytes of the page, unpacked
 * @param tooLarge what to do about a page that is larger: "raise body_size_limit, ..."
 * @param asker in whose words failures are told
 */
public record PageRequest(
    URI uri,
    HttpSettings http,
    String accept,
    long timeoutMs,
    long maxBytes,
    String tooLarge,
    Asker asker) {

  /** Of a scrape. */
  public PageRequest(
      URI uri, HttpSettings http, String accept, long timeoutMs, long maxBytes, String limitName) {
    this(
        uri,
        http,
        accept,
        timeoutMs,
        maxBytes,
        "raise %s, or let the exporter tell less".formatted(limitName),
        Asker.SCRAPE);
  }
}
