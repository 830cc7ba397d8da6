@NullMarked
package io.oriel.simulate.page;

import org.jspecify.annotations.NullMarked;
