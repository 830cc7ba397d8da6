@NullMarked
package io.oriel.collect.node;

import org.jspecify.annotations.NullMarked;
