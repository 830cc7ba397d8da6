/**
 * How a collector asks a system by HTTP.
 *
 * <p>In: an address with its credentials. Out: pages and JSON, bounded in bytes and time, or a
 * {@link io.oriel.collect.CollectorFailure} with a remedy. A system that does not answer is left in
 * peace for longer and longer. Come in by {@link io.oriel.collect.peer.Peer}.
 */
@NullMarked
package io.oriel.collect.peer;

import org.jspecify.annotations.NullMarked;
