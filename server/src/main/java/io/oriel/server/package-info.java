/**
 * The one place that knows all: configuration, wiring, HTTP.
 *
 * <p>{@link io.oriel.server.Oriel} is the wiring; read it first. The rooms know the modules that
 * they speak for and not each other's insides; what joins them stands here, beside Oriel.
 */
@NullMarked
package io.oriel.server;

import org.jspecify.annotations.NullMarked;
