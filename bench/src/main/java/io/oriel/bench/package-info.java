/** Benches: how fast a part is, and beside a real peer how fast that makes us. */
@NullMarked
package io.oriel.bench;

import org.jspecify.annotations.NullMarked;
