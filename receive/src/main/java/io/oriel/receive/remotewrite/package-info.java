/**
 * The receiver of remote write, version 1 and 2: pushed samples become batches of the metrics sink.
 *
 * <p>In: bodies of requests, on any thread. Out: one batch each, and a {@link
 * io.oriel.receive.remotewrite.Taken} that says what was kept and what was not, and why. A bad
 * sample never costs its batch.
 *
 * <p>Come in by {@link io.oriel.receive.remotewrite.RemoteWrite}.
 *
 * <pre>
 *   body -> a free WriteBatch -> SnappyBlock -> WriteDecoder or Write2Decoder
 *                              -> series: KnownSeries by fingerprint
 *                              -> samples, histograms, exemplars: rows of a MetricWriter -> commit
 * </pre>
 */
@NullMarked
package io.oriel.receive.remotewrite;

import org.jspecify.annotations.NullMarked;
