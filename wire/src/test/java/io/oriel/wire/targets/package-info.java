@NullMarked
package io.oriel.wire.targets;

import org.jspecify.annotations.NullMarked;
