/**
 * Native histograms: one sample that holds a whole distribution, and what can be computed with it.
 *
 * <p>In: histograms as they were scraped, pushed or written in a test file. Out: their sums,
 * differences, multiples and quantiles, and the marks that such work leaves (a counter that reset,
 * bounds that had to be reconciled). Nothing in here knows what a series or a query is.
 *
 * <p>Come in by {@link io.oriel.model.histogram.Histogram}; {@link
 * io.oriel.model.histogram.HistogramSum} and {@link io.oriel.model.histogram.HistogramMean} fold
 * many, {@link io.oriel.model.histogram.BucketWalk} and {@link io.oriel.model.histogram.Estimates}
 * read one, {@link io.oriel.model.histogram.HistogramText} writes one down. The rules are
 * Prometheus' ("Native Histograms", specification of 3.x; model/histogram/float_histogram.go
 * upstream).
 */
@NullMarked
package io.oriel.model.histogram;

import org.jspecify.annotations.NullMarked;
