/** Tests of the boards in folders. */
@NullMarked
package io.oriel.server.boards;

import org.jspecify.annotations.NullMarked;
