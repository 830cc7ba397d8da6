@NullMarked
package io.oriel.collect.peer;

import org.jspecify.annotations.NullMarked;
