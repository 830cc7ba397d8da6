/**
 * Text to tree and back. In: the text of a query. Out: an {@link io.oriel.promql.expr.Expr} that is
 * checked for types, or {@link io.oriel.model.limit.Refusal.BadQuery} with the message and position
 * that Prometheus gives.
 *
 * <p>Come in by {@link io.oriel.promql.parse.Parser#parse}; {@link io.oriel.promql.parse.Printer}
 * writes a tree on one line or broken over several.
 *
 * <pre>
 *   text -> Lexer -> tokens, one at a time -> Parser -> Expr -> TypeCheck -> Expr
 * </pre>
 */
@NullMarked
package io.oriel.promql.parse;

import org.jspecify.annotations.NullMarked;
