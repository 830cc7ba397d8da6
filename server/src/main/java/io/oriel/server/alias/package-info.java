/**
 * Old and new names of the same metric. Data are stored as they came; here, when series are asked
 * by a name that has nothing, what stands under its other names is given in its place.
 *
 * <p>In: any {@link io.oriel.model.backend.MetricSource}. Out: another one, {@link
 * io.oriel.server.alias.AliasedSource}, that answers for names of {@code aliases.txt} too. A name
 * that has data keeps its word: twins are never added up.
 */
@NullMarked
package io.oriel.server.alias;

import org.jspecify.annotations.NullMarked;
