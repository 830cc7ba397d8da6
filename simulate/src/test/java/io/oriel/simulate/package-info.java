@NullMarked
package io.oriel.simulate;

import org.jspecify.annotations.NullMarked;
