/**
 * Asks a target for its page: HTTP/1.1 over a connection that is kept open between scrapes.
 *
 * <p>In: a {@link io.oriel.scrape.http.PageRequest}. Out: the body, unpacked, in a bounded {@link
 * io.oriel.scrape.http.PageBuffer}, or a {@link io.oriel.scrape.http.ScrapeFailure} with a remedy.
 * What stands on the page is not known in here.
 *
 * <p>Plain blocking sockets on the caller's virtual thread instead of a client library: the whole
 * exchange, drop by drop, is held to one deadline, TLS may check another name than the one that is
 * asked, an interrupt ends it at once, and there is no selector thread that wakes for nothing. Only
 * what a scrape needs is spoken: GET, chunks, gzip, redirects.
 *
 * <p>Come in by {@link io.oriel.scrape.http.PageClient}.
 *
 * <pre>
 *   PageRequest -> Connection (Names, TlsSockets) -> ResponseHead -> BodyStream -> gunzip -> PageBuffer
 * </pre>
 */
@NullMarked
package io.oriel.scrape.http;

import org.jspecify.annotations.NullMarked;
