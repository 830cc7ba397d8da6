@NullMarked
package io.oriel.collect.gpu;

import org.jspecify.annotations.NullMarked;
