/**
 * Remote write, Prometheus' way to push samples: a snappy block around one protobuf message, {@code
 * prometheus.WriteRequest} in version 1 and {@code io.prometheus.write.v2.Request} in version 2,
 * which has a table of texts and refers to it.
 *
 * <p>In: the body of one request. Out: calls to a {@link io.oriel.wire.remotewrite.WriteVisitor},
 * one a sample, without an object a sample. A series is handed over as what names it in the request
 * ({@link io.oriel.wire.remotewrite.PushedSeries}): a sender repeats that with each sample, and who
 * knows its fingerprint saves reading it. What is not known in here: HTTP, stores.
 *
 * <p>Come in by {@link io.oriel.wire.remotewrite.WriteDecoder} and {@link
 * io.oriel.wire.remotewrite.Write2Decoder}. The other way round: {@link
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
