/** Tests of the store as its users see it. */
@NullMarked
package io.oriel.metrics;

import org.jspecify.annotations.NullMarked;
