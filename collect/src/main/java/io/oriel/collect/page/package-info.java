/**
 * A system's own page of metrics, told on as it is.
 *
 * <p>In: a page in one of Prometheus' formats, from a {@link io.oriel.collect.peer.Peer}. Out: each
 * of its samples to {@link io.oriel.collect.Readings}, under its own name and labels, and to who
 * wants to look at them in passing. Come in by {@link io.oriel.collect.page.NativePage}.
 */
@NullMarked
package io.oriel.collect.page;

import org.jspecify.annotations.NullMarked;
