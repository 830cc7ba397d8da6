/**
 * Formats that several modules speak: exposition text, remote write, relabelling rules, YAML with
 * places. Bytes in, calls out; nothing in here knows a store, a target or a server.
 */
@NullMarked
package io.oriel.wire;

import org.jspecify.annotations.NullMarked;
