@NullMarked
package io.oriel.simulate.serve;

import org.jspecify.annotations.NullMarked;
