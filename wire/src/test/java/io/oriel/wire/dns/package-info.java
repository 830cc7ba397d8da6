@NullMarked
package io.oriel.wire.dns;

import org.jspecify.annotations.NullMarked;
