/**
 * OTLP metrics, the way in which OpenTelemetry's programs push: protobuf, or the same as JSON.
 *
 * <p>In: the message {@code ExportMetricsServiceRequest}. Out: calls to a {@link
 * io.oriel.wire.otlp.MetricsVisitor}, point by point; nothing is kept of a point that was told.
 * JSON is written over as protobuf first, so that there is one reader. Names and units are as the
 * sender has them: what Prometheus calls them is known elsewhere.
 *
 * <p>Come in by {@link io.oriel.wire.otlp.MetricsDecoder}, for JSON by {@link
 * io.oriel.wire.otlp.OtlpJson} before it. Answers: {@link io.oriel.wire.otlp.ExportAnswer}.
 */
@NullMarked
package io.oriel.wire.otlp;

import org.jspecify.annotations.NullMarked;
