/**
 * The whole product as its users meet it: a process of its own, started on loopback with a data
 * folder of its own, asked by HTTP, by real peers (Prometheus, promtool, the node exporter, nginx)
 * and by a real browser.
 *
 * <p>{@link io.oriel.acceptance.OrielProcess} is the one way to start it, {@link
 * io.oriel.acceptance.Peer} the one way to start somebody else's server. Both end by their own
 * process id.
 */
@NullMarked
package io.oriel.acceptance;

import org.jspecify.annotations.NullMarked;
