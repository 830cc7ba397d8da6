/**
 * The simulated fleet itself: one clock, one truth. Requests arrive, wait, are computed and end;
 * GPUs warm up under them; containers start and stop.
 *
 * <p>Come in by {@link io.oriel.simulate.world.World}. What stands in the fleet is one table,
 * {@link io.oriel.simulate.world.Fleet}. Whoever answers for a system watches what happens ({@link
 * io.oriel.simulate.world.Watcher}) and looks at what is: nothing in here knows how any system says
 * it. Everything follows from the seed, the start and the scenarios: equal worlds advanced to the
 * same moment are equal, by whichever steps.
 *
 * <pre>
 *   Traffic -> Run -> SimRequest -> Gateway -> ModelServer -> GpuState
 *   Scenario -> Troubles -> all of them          SimContainer starts, stops, restarts
 * </pre>
 */
@NullMarked
package io.oriel.simulate.world;

import org.jspecify.annotations.NullMarked;
