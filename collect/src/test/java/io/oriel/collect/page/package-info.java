@NullMarked
package io.oriel.collect.page;

import org.jspecify.annotations.NullMarked;
