@NullMarked
package io.oriel.metrics.read;

import org.jspecify.annotations.NullMarked;
