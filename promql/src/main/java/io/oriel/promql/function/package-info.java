/**
 * The table of functions: rows of {@link io.oriel.promql.expr.Function} beside the code of their
 * kernels. The type check, docs/promql.md, the API and completion are made from it.
 *
 * <p>Come in by {@link io.oriel.promql.function.Functions}. A file is a family: what looks through
 * windows at one series ({@code Rates}, {@code OverTime}), what changes values ({@code Maths},
 * {@code Times}), labels, whole vectors ({@code Histograms}, {@code Ordering}).
 */
@NullMarked
package io.oriel.promql.function;

import org.jspecify.annotations.NullMarked;
