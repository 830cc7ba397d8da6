@NullMarked
package io.oriel.collect.container;

import org.jspecify.annotations.NullMarked;
