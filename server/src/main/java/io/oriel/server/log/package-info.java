/**
 * Where log lines go: one line an event to standard error, {@code time LEVEL event key=value}.
 *
 * <p>Libraries and rooms log through SLF4J, which finds {@link io.oriel.server.log.LogProvider} by
 * its service file. What others write counts from WARN on, what Oriel writes from INFO on; {@code
 * -Doriel.log=debug} shows more.
 */
@NullMarked
package io.oriel.server.log;

import org.jspecify.annotations.NullMarked;
