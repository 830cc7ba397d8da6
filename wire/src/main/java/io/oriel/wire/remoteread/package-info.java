/**
 * Remote read, Prometheus' way to hand out raw samples: a snappy block around {@code
 * prometheus.ReadRequest} comes in; what goes out is either one snappy block with all samples, or a
 * stream of frames with chunks in Prometheus' own encoding.
 *
 * <p>In: the message of a request, and series as columns. Out: queries, and bytes. What is not
 * known in here: HTTP, stores.
 *
 * <pre>
 *   message -> ReadRequest -> (a store is asked) -> series -> SampleAnswer -> one message
 *                                                        \-> ChunkStream (XorChunk, HistogramChunk) -> frames
 * </pre>
 *
 * <p>Source: Prometheus, {@code prompb/remote.proto}, {@code storage/remote/chunked.go}, the folder
 * {@code tsdb/chunkenc}.
 */
@NullMarked
package io.oriel.wire.remoteread;

import org.jspecify.annotations.NullMarked;
