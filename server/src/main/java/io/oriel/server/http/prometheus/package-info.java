/**
 * Prometheus' HTTP API, version 1, as its own clients know it: paths, parameters, texts of errors
 * and shapes of answers.
 *
 * <p>Come in by {@link io.oriel.server.http.prometheus.PrometheusApi}, which gives the table of
 * routes. Queries pass {@link io.oriel.server.http.prometheus.QueryGate}: they compute on a few
 * platform threads of their own, so that no heavy one delays a small call. Source: Prometheus,
 * {@code web/api/v1/api.go} and {@code docs/querying/api.md}.
 */
@NullMarked
package io.oriel.server.http.prometheus;

import org.jspecify.annotations.NullMarked;
