/**
 * Remote write 1.0, Prometheus' way to push samples: a snappy block around one protobuf message,
 * {@code prometheus.WriteRequest}.
 *
 * <p>In: the body of one request. Out: calls to a {@link io.oriel.wire.remotewrite.WriteVisitor},
 * one a sample, without an object a sample. A series is handed over as the bytes that name it
 * ({@link io.oriel.wire.remotewrite.SeriesBytes}): a sender repeats them with each sample, and who
 * knows their fingerprint saves reading them. What is not known in here: HTTP, stores.
 *
 * <p>Come in by {@link io.oriel.wire.remotewrite.WriteDecoder}. The other way round: {@link
 * io.oriel.wire.remotewrite.WriteEncoder}.
 *
 * <pre>
 *   body -> protobuf/SnappyBlock (bounded before memory is taken) -> WriteDecoder -> WriteVisitor
 *                                            first wrong byte -> Malformed (place, reason)
 * </pre>
 */
@NullMarked
package io.oriel.wire.remotewrite;

import org.jspecify.annotations.NullMarked;
