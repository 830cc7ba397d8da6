/**
 * Evaluation: from a plan to an answer, series by series over all steps.
 *
 * <p>Come in by {@link io.oriel.promql.eval.Engine}. Each node of a plan hands its series on to the
 * next one as soon as it has them; who needs all of them (a join, a sort, a subquery) holds them in
 * a {@code SeriesSet}, an aggregation folds them and forgets them. Selectors read and walk blocks
 * of series on a shared pool; everything after runs on the caller's thread, in the order of the
 * series, so that an answer does not depend on the number of cores. {@code Budget} is asked before
 * anything is held and at every series: samples, time, whether the caller is still there.
 *
 * <pre>
 *   MetricSource -> SeriesReader (pool: samples -> Windows -> kernel -> Column) -> sinks -> QueryAnswer
 * </pre>
 */
@NullMarked
package io.oriel.promql.eval;

import org.jspecify.annotations.NullMarked;
