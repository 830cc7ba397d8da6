/**
 * Oriel on Oriel: what it counts of itself, told at {@code /metrics} and written into its own
 * store.
 *
 * <p>Each part declares its metrics where it counts, on the registry of {@link
 * io.oriel.server.self.SelfMetrics}, the way in. The collector in here reads that registry into the
 * store as {@code job="oriel"}, without HTTP.
 */
@NullMarked
package io.oriel.server.self;

import org.jspecify.annotations.NullMarked;
