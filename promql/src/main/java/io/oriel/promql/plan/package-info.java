/**
 * From the tree of a query to what is done: durations worked out, constants computed, what is the
 * same at every step asked once. In: an {@link io.oriel.promql.expr.Expr} and the times of the
 * query. Out: a {@link io.oriel.promql.plan.Plan}, typed by what it yields.
 *
 * <p>Come in by {@link io.oriel.promql.plan.Planner}. What can be seen to be too large is refused
 * here, before a sample is read.
 */
@NullMarked
package io.oriel.promql.plan;

import org.jspecify.annotations.NullMarked;
