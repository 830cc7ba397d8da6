/**
 * Collectors: they read a system by its own interface and tell it in the names that its field
 * knows.
 */
@NullMarked
package io.oriel.collect;

import org.jspecify.annotations.NullMarked;
