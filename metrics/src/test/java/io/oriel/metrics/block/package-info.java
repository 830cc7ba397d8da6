/** Tests of blocks: round trips, shared times, golden bytes, damage. */
@NullMarked
package io.oriel.metrics.block;

import org.jspecify.annotations.NullMarked;
