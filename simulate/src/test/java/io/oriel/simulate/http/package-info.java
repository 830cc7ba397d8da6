@NullMarked
package io.oriel.simulate.http;

import org.jspecify.annotations.NullMarked;
