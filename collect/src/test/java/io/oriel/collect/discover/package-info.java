@NullMarked
package io.oriel.collect.discover;

import org.jspecify.annotations.NullMarked;
