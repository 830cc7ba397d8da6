/** Tests of the head: its bits, its records, its readers beside writers. */
@NullMarked
package io.oriel.metrics.head;

import org.jspecify.annotations.NullMarked;
