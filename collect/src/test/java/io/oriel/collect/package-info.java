@NullMarked
package io.oriel.collect;

import org.jspecify.annotations.NullMarked;
