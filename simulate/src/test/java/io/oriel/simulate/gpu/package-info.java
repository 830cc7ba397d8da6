@NullMarked
package io.oriel.simulate.gpu;

import org.jspecify.annotations.NullMarked;
