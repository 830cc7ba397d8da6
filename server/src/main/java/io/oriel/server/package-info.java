/** The one place that knows all: configuration, wiring, HTTP. */
@NullMarked
package io.oriel.server;

import org.jspecify.annotations.NullMarked;
