/**
 * The small part of D-Bus that collectors need: method calls to services of the system bus, and
 * their answers.
 *
 * <p>In: {@link io.oriel.collect.dbus.BusCall}s. Out: {@link io.oriel.collect.dbus.BusReply}s, in
 * the order of the calls. Come in by {@link io.oriel.collect.dbus.Bus}. It speaks the wire protocol
 * of the D-Bus specification, version 1, over a Unix socket; it serves nothing, subscribes to
 * nothing and passes no file descriptors. Every wait has a deadline and every message a bound, so a
 * bus that hangs or talks nonsense costs its caller a moment.
 */
@NullMarked
package io.oriel.collect.dbus;

import org.jspecify.annotations.NullMarked;
