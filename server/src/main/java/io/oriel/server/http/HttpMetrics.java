package io.oriel.server.http;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What the HTTP server counts of itself. */
public final class HttpMetrics {
  private final Counter requests;
  private final Histogram seconds;
  private final Counter cut;

  public HttpMetrics(PrometheusRegistry registry) {
    requests =
        Counter.builder()
            .name("oriel_http_requests_total")
            .help("Requests answered, by route and status.")
            .labelNames("route", "code")
            .register(registry);
    seconds =
        Histogram.builder()
            .name("oriel_http_request_seconds")
            .help("Time from the request's arrival to the last byte of its answer, by route.")
            .labelNames("route")
            .classicOnly()
            .classicUpperBounds(0.001, 0.01, 0.1, 0.5, 1, 5, 30)
            .register(registry);
    cut =
        Counter.builder()
            .name("oriel_http_answers_cut_total")
            .help("Answers whose readers took too long.")
            .register(registry);
  }

  void cut() {
    cut.inc();
  }

  void answered(String route, int status, long nanos) {
    requests.labelValues(route, Integer.toString(status)).inc();
    seconds.labelValues(route).observe(nanos / 1e9);
  }
}
