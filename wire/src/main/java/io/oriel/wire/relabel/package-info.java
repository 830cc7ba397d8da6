/**
 * Relabelling: rules that rewrite labels or drop what carries them, with the meaning they have in
 * Prometheus 3. Used for targets, for scraped samples, for what is sent on.
 *
 * <p>In: a list of rules from a configuration, and labels. Out: the labels after all rules, or
 * nothing where a rule dropped them. Regular expressions are RE2, anchored, linear in time.
 *
 * <p>Come in by {@link io.oriel.wire.relabel.Relabeling}.
 */
@NullMarked
package io.oriel.wire.relabel;

import org.jspecify.annotations.NullMarked;
