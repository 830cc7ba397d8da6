@NullMarked
package io.oriel.simulate.world;

import org.jspecify.annotations.NullMarked;
