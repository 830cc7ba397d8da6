/**
 * The past of a demo: a simulated fleet is younger than it says, so what its collectors would have
 * told in the last weeks is written into the store when it is first started.
 *
 * <p>Come in by {@link io.oriel.server.demo.DemoPast}. In: histories of the fleet, walked by the
 * normal collectors. Out: blocks, beside the head and its log.
 *
 * <pre>
 *   History -> collectors -> PastSamples (a piece of it, in memory) -> BlockImport -> PastLedger
 * </pre>
 */
@NullMarked
package io.oriel.server.demo;

import org.jspecify.annotations.NullMarked;
