/**
 * The receiver of remote write 1.0: pushed samples become batches of the metrics sink.
 *
 * <p>In: bodies of requests, on any thread. Out: one batch each, and a {@link
 * io.oriel.receive.remotewrite.Taken} that says what was kept and what was not, and why. A bad
 * sample never costs its batch.
 *
 * <p>Come in by {@link io.oriel.receive.remotewrite.RemoteWrite}.
 *
 * <pre>
 *   body -> a free WriteBatch -> SnappyBlock -> WriteDecoder -> series: KnownSeries by fingerprint
 *                                                            -> samples: rows of a MetricWriter -> commit
 * </pre>
 */
@NullMarked
package io.oriel.receive.remotewrite;

import org.jspecify.annotations.NullMarked;
