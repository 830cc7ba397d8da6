/**
 * What Oriel refuses and how it says so: {@link io.oriel.model.limit.Limit} is the one table of
 * limits, {@link io.oriel.model.limit.Refusal} the one family of answers that begin with no.
 */
@NullMarked
package io.oriel.model.limit;

import org.jspecify.annotations.NullMarked;
