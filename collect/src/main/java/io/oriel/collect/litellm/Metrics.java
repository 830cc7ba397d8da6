package io.oriel.collect.litellm;

import io.oriel.collect.Metric;
import java.util.List;

/** What is told of LiteLLM beside its page and beside {@link Spent}. */
final class Metrics {
  static final Metric INFO =
      Metric.gauge("oriel_litellm_info", "Always 1; the version of LiteLLM.");
  static final Metric READY =
      Metric.gauge("oriel_litellm_ready", "1 when LiteLLM says that it is ready for requests.");
  static final Metric DATABASE =
      Metric.gauge(
          "oriel_litellm_database_connected",
          "1 when LiteLLM reaches its database, 0 when it does not; absent where it has none.");
  static final Metric DEPLOYMENT =
      Metric.gauge(
          "oriel_litellm_deployment_info",
          "Always 1; where requests for a model go, and what the model is for (mode).");
  static final Metric INPUT_PRICE =
      Metric.gauge(
          "oriel_litellm_deployment_input_dollars_per_token", "What a token of a prompt costs.");
  static final Metric OUTPUT_PRICE =
      Metric.gauge(
          "oriel_litellm_deployment_output_dollars_per_token", "What a generated token costs.");
  static final Metric MAX_INPUT =
      Metric.gauge(
          "oriel_litellm_deployment_max_input_tokens", "The longest prompt that is accepted.");
  static final Metric MAX_OUTPUT =
      Metric.gauge(
          "oriel_litellm_deployment_max_output_tokens", "The longest answer that is given.");
  static final Metric HEALTHY =
      Metric.gauge(
          "oriel_litellm_deployment_healthy",
          "1 when the deployment answered LiteLLM's last health check, which is a paid request.");

  // these bear LiteLLM's own names: they mean what its page means
  static final Metric IN_FLIGHT =
      Metric.gauge("litellm_in_flight_requests", "Number of in-flight requests");
  static final Metric ADMITTED =
      Metric.gauge("litellm_admission_admitted_requests", "Requests admitted right now");
  static final Metric QUEUED =
      Metric.gauge("litellm_admission_queued_requests", "Requests waiting for admission");
  static final Metric REJECTED =
      Metric.counter("litellm_admission_rejected_requests_total", "Requests not admitted");

  static final List<Metric> ALL =
      List.of(
          INFO,
          READY,
          DATABASE,
          DEPLOYMENT,
          INPUT_PRICE,
          OUTPUT_PRICE,
          MAX_INPUT,
          MAX_OUTPUT,
          HEALTHY,
          IN_FLIGHT,
          ADMITTED,
          QUEUED,
          REJECTED);

  private Metrics() {}
}
