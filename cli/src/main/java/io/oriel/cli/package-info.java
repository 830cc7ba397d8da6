/** The {@code oriel} command. */
@NullMarked
package io.oriel.cli;

import org.jspecify.annotations.NullMarked;
