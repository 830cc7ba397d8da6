/**
 * What flows between the parts of an evaluation: one series at a time, as a column of values over
 * the steps of the query.
 *
 * <p>{@link io.oriel.promql.series.Steps} says at which moments a query is asked, {@link
 * io.oriel.promql.series.Column} holds one series' values at those moments with holes where there
 * is none, {@link io.oriel.promql.series.Windows} walks over the samples behind each moment, and
 * {@link io.oriel.promql.series.SeriesSink} is where a finished column is handed on. Nothing in
 * here knows the language.
 */
@NullMarked
package io.oriel.promql.series;

import org.jspecify.annotations.NullMarked;
