/**
 * The field's vocabulary: what a label set, a matcher, a sample, a time range is. Values only.
 *
 * <p>Everything else in Oriel speaks in these words; nothing here knows a store, a language, a file
 * or a socket. {@link io.oriel.model.backend} holds the sockets that stores and engines plug into,
 * {@link io.oriel.model.limit} what is refused and how that is said.
 */
@NullMarked
package io.oriel.model;

import org.jspecify.annotations.NullMarked;
