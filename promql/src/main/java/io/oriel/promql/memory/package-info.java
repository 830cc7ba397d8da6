/**
 * A source of series that lives in memory: {@link io.oriel.promql.memory.MemorySource}. For small
 * embedded uses, scripts and tests; in: samples one at a time, out: what a query asks for.
 */
@NullMarked
package io.oriel.promql.memory;

import org.jspecify.annotations.NullMarked;
