/** What tests of every module share: a clock that is told the time, and where recorded data lie. */
@NullMarked
package io.oriel.model.testing;

import org.jspecify.annotations.NullMarked;
