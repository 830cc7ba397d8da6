/**
 * The text that targets answer with: Prometheus' text format 0.0.4 and OpenMetrics 1.0, read and
 * written.
 *
 * <p>In: the bytes of one page. Out: calls to a {@link io.oriel.wire.exposition.SampleVisitor}, one
 * a line, without an object a sample. A series is handed over as the bytes that name it ({@link
 * io.oriel.wire.exposition.SeriesText}): who knows those already saves reading the labels. What is
 * not known in here: targets, limits on labels, stores.
 *
 * <p>Come in by {@link io.oriel.wire.exposition.ExpositionFormat}. Prometheus' protocol buffers are
 * read too, each series as the text that would name it. The other way round: {@link
 * io.oriel.wire.exposition.TextWriter}.
 *
 * <pre>
 *   content type -> ExpositionFormat -> TextParser or OpenMetricsParser -> SampleVisitor
 *                                                       first bad line  -> SyntaxError (line, reason)
 * </pre>
 */
@NullMarked
package io.oriel.wire.exposition;

import org.jspecify.annotations.NullMarked;
