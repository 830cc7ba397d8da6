/**
 * Who may ask: the web configuration file of Prometheus' exporter-toolkit, and what follows of it.
 *
 * <p>In: that file, and the header {@code Authorization} of each request. Out: yes or no, and what
 * TLS works with, as Java's own types. Nothing in here knows sockets or routes; {@code http/} asks.
 * Come in by {@link io.oriel.server.auth.WebConfig#read} and {@link io.oriel.server.auth.Guard}.
 *
 * <pre>
 *   web.yml -> WebConfig: Tls, Credentials, headers
 *   Authorization -> Guard -> Credentials -> BcryptCheck (one after another, results remembered)
 * </pre>
 */
@NullMarked
package io.oriel.server.auth;

import org.jspecify.annotations.NullMarked;
