/** Tests of what other machines get. */
@NullMarked
package io.oriel.dist;

import org.jspecify.annotations.NullMarked;
