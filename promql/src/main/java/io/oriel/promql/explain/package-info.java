/**
 * A query in words: from the tree of an expression to a small tree of phrases, each knowing the
 * part of the text that it is about.
 *
 * <p>In: {@link io.oriel.promql.expr.Expr}. Out: {@link io.oriel.promql.explain.Part}. What a
 * function or an aggregation says stands in its row; what joins them is said here. How much is said
 * is bounded: deep down or far out a part is only "…".
 *
 * <pre>
 *   sum by (job) (rate(errors_total[5m])) / sum by (job) (rate(requests_total[5m])) > 0.05
 *
 *   the first divided by the second, only where it is above 0.05
 *     the first: the per-second growth of errors_total, averaged over the last 5 minutes, added up for each job
 *     the second: ...
 * </pre>
 */
@NullMarked
package io.oriel.promql.explain;

import org.jspecify.annotations.NullMarked;
