/**
 * The receiver of OTLP metrics: points of OpenTelemetry become series with the names and labels
 * that Prometheus gives them.
 *
 * <p>In: bodies of requests, on any thread. Out: one batch each, and a {@link
 * io.oriel.receive.otlp.Exported} that says how many points were rejected and why. A bad point
 * costs no other. Rules of names: Prometheus' {@code otlptranslator}, and OpenTelemetry's page
 * "Prometheus and OpenMetrics compatibility".
 *
 * <p>Come in by {@link io.oriel.receive.otlp.OtlpMetrics}.
 *
 * <pre>
 *   body -> (JSON: as protobuf) -> MetricsDecoder -> ExportBatch: names, labels; deltas summed up
 *                                                 -> rows of a MetricWriter -> commit
 * </pre>
 */
@NullMarked
package io.oriel.receive.otlp;

import org.jspecify.annotations.NullMarked;
