/** Fakes that tests of the stores share, above all a disk that fails by seed. */
@NullMarked
package io.oriel.storage.testing;

import org.jspecify.annotations.NullMarked;
