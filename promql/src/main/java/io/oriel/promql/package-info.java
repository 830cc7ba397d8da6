/**
 * PromQL, as a library of its own: text in, answers out. It knows {@code model} alone and reads
 * series through {@link io.oriel.model.backend.MetricSource}.
 *
 * <p>Come in by {@link io.oriel.promql.Promql}. A query goes through the rooms in this order:
 *
 * <pre>
 *   text -> parse/ -> expr/ (the tree; function/ has the table of functions) -> plan/ -> eval/
 *                                                   (series/: columns and windows) -> QueryAnswer
 * </pre>
 *
 * <p>An engine fits into any program:
 *
 * <pre>{@code
 * var source = new MemorySource();
 * for (int i = 0; i <= 40; i++) {
 *   source.add(Labels.of("__name__", "requests_total", "host", "a"), i * 15_000L, i * 30);
 *   source.add(Labels.of("__name__", "requests_total", "host", "b"), i * 15_000L, i * 60);
 * }
 * try (var engine = Promql.engine(source, Limits.NORMAL, Clock.system())) {
 *   var answer = engine.instant("sum(rate(requests_total[5m]))", 600_000, QueryOptions.DEFAULT);
 *   if (answer.result() instanceof Result.Vector vector) {
 *     System.out.println(Math.round(vector.points().getFirst().value())); // 6
 *   }
 * }
 * }</pre>
 */
@NullMarked
package io.oriel.promql;

import org.jspecify.annotations.NullMarked;
