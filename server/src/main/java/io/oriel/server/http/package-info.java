/**
 * HTTP: sockets, routes, and the one place where a failure becomes a status.
 *
 * <p>In: tables of {@link io.oriel.server.http.Route}, one a protocol, from the rooms below. Out:
 * answers on sockets. Come in by {@link io.oriel.server.http.HttpServer}. Jetty is known in this
 * package and nowhere else; a handler sees a {@link io.oriel.server.http.Call} and gives back an
 * {@link io.oriel.server.http.Answer}, in plain blocking code on a virtual thread of its own.
 *
 * <pre>
 *   socket -> base path off -> Routes -> Call -> handler -> Answer -> compression -> socket
 *                                           \-> Refusal -> Refusals -> status and one sentence
 * </pre>
 */
@NullMarked
package io.oriel.server.http;

import org.jspecify.annotations.NullMarked;
