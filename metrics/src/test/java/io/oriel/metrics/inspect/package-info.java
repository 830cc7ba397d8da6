@NullMarked
package io.oriel.metrics.inspect;

import org.jspecify.annotations.NullMarked;
