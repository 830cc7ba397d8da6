@NullMarked
package io.oriel.collect.catalogue;

import org.jspecify.annotations.NullMarked;
