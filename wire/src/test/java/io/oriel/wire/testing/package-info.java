/**
 * Peers for tests that speak HTTP: one that answers what it is told to, one that answers raw bytes.
 */
@NullMarked
package io.oriel.wire.testing;

import org.jspecify.annotations.NullMarked;
