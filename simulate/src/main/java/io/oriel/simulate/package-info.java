/**
 * A simulated AI fleet that serves the interfaces of real systems: one clock, one truth.
 *
 * <p>Come in by {@link io.oriel.simulate.Simulation}. The normal collectors read it: nothing in
 * Oriel knows the difference but the addresses and the source of GPU answers. Only {@code server/}
 * and {@code cli/} know this module.
 */
@NullMarked
package io.oriel.simulate;

import org.jspecify.annotations.NullMarked;
