@NullMarked
package io.oriel.collect.qdrant;

import org.jspecify.annotations.NullMarked;
