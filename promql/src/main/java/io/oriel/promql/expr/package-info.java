/**
 * The tree that a query is parsed into, and what a row of the function table is.
 *
 * <p>{@link io.oriel.promql.expr.Expr} is the closed family of nodes, each knowing its {@link
 * io.oriel.promql.expr.Place} in the text. {@link io.oriel.promql.expr.Function} is one function:
 * name, types, documentation and the {@link io.oriel.promql.expr.Kernel} that computes it.
 */
@NullMarked
package io.oriel.promql.expr;

import org.jspecify.annotations.NullMarked;
