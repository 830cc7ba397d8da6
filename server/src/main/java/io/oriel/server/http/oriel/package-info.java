/**
 * Oriel's own API below {@code /api/v1/oriel}, and the files of its pages.
 *
 * <p>Come in by {@link io.oriel.server.http.oriel.OrielApi} and {@link
 * io.oriel.server.http.oriel.UiFiles}; each gives rows of the table of routes. Times are
 * milliseconds since 1970; what is not known is {@code null}, never 0.
 */
@NullMarked
package io.oriel.server.http.oriel;

import org.jspecify.annotations.NullMarked;
