@NullMarked
package io.oriel.collect.vocabulary;

import org.jspecify.annotations.NullMarked;
