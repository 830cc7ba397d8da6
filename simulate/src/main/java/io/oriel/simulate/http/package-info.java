/**
 * A small HTTP server for simulated systems: HTTP/1.1 on a loopback port or a socket in the file
 * system, a virtual thread a connection, everything bounded.
 *
 * <p>In: an {@link io.oriel.simulate.http.Answering}. Out: its answers, by {@link
 * io.oriel.simulate.http.HttpServer}. Nothing in here knows what is answered.
 */
@NullMarked
package io.oriel.simulate.http;

import org.jspecify.annotations.NullMarked;
