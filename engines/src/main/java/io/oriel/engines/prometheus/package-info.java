/**
 * Any system that speaks Prometheus' protocols, as a place where samples go and queries are asked:
 * Prometheus, Mimir, Thanos, VictoriaMetrics.
 *
 * <p>Out: {@link io.oriel.engines.prometheus.RemoteWriteOut} is a {@code MetricSink} before a queue
 * on disk; what is in it is sent by remote write 1.0 or 2.0, again and again until it is taken or
 * refused for good. {@link io.oriel.engines.prometheus.Tee} puts such sinks beside the store.
 *
 * <pre>
 *   MetricWriter -> relabelled, external labels -> QueueRecord -> DurableQueue (accepted)
 *     -> Dispatch -> shards, a series always to the same -> RequestBuilder -> Post -> receiver
 *                                             500, 503, no answer: wait, longer each time, again
 * </pre>
 */
@NullMarked
package io.oriel.engines.prometheus;

import org.jspecify.annotations.NullMarked;
