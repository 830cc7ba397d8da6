/** Tests of the encodings: random columns come back bit for bit, and golden bytes hold the page. */
@NullMarked
package io.oriel.storage.column;

import org.jspecify.annotations.NullMarked;
