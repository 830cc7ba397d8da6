/**
 * Asks a peer for a page: HTTP/1.1 over a connection that is kept open between questions, by TCP,
 * TLS or a socket in the file system ({@code unix:///var/run/docker.sock}).
 *
 * <p>In: a {@link io.oriel.wire.fetch.PageRequest}. Out: the body, unpacked, in a bounded {@link
 * io.oriel.wire.fetch.PageBuffer}, or a {@link io.oriel.wire.fetch.FetchFailure} with a remedy.
 * What stands on the page is not known in here.
 *
 * <p>Plain blocking sockets on the caller's virtual thread instead of a client library: the whole
 * exchange, drop by drop, is held to one deadline, TLS may check another name than the one that is
 * asked, an interrupt ends it at once, and there is no selector thread that wakes for nothing. Only
 * what scrapes and collectors need is spoken: GET, small POSTs of JSON, chunks, gzip, redirects.
 *
 * <p>Come in by {@link io.oriel.wire.fetch.PageClient}.
 *
 * <pre>
 *   PageRequest -> Connection (Names, Link, TlsSockets) -> ResponseHead -> BodyStream -> gunzip -> PageBuffer
 * </pre>
 */
@NullMarked
package io.oriel.wire.fetch;

import org.jspecify.annotations.NullMarked;
