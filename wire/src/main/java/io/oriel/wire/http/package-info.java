/**
 * How a peer is asked by HTTP, in the words of Prometheus' configuration: credentials, {@code
 * tls_config}, headers. What is scraped and what is sent to are described alike.
 *
 * <p>In: a section of a configuration. Out: {@link io.oriel.wire.http.HttpSettings}, plain values;
 * secrets are read when they are needed, since their files may change. No client is known in here.
 */
@NullMarked
package io.oriel.wire.http;

import org.jspecify.annotations.NullMarked;
