@NullMarked
package io.oriel.collect.modelserver;

import org.jspecify.annotations.NullMarked;
