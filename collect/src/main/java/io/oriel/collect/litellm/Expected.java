package io.oriel.collect.litellm;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.page.NativePage;
import io.oriel.collect.page.PageSeries;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a page of LiteLLM shows once a request was answered; before that its absence is no fault.
 * Source: a page of 1.106 read after its first requests, and captures of older ones.
 */
final class Expected implements NativePage.Onlooker {
  private static final String ANSWERED = "litellm_deployment_success_responses_total";
  private static final String NOT_YET = "none before the first request";
  private static final String NOT_THERE = "not on the page though requests were answered";

  static final List<Metric> NAMES =
      List.of(
          counter("litellm_proxy_total_requests_metric_total"),
          counter("litellm_spend_metric_total"),
          counter("litellm_total_tokens_metric_total"),
          counter("litellm_input_tokens_metric_total"),
          counter("litellm_output_tokens_metric_total"),
          counter(ANSWERED),
          counter("litellm_deployment_total_requests_total"),
          histogram("litellm_request_total_latency_metric"),
          histogram("litellm_llm_api_latency_metric"),
          Metric.gauge("litellm_deployment_state", ""));

  private final Map<String, Integer> places = new HashMap<>();
  private final boolean[] seen = new boolean[NAMES.size()];
  private boolean isAnswered;
  private boolean isLitellm;

  Expected() {
    for (int i = 0; i < NAMES.size(); i++) places.put(NAMES.get(i).name(), i);
  }

  private static Metric counter(String name) {
    return Metric.counter(name, "");
  }

  private static Metric histogram(String name) {
    return new Metric(name + "_count", MetricMetadata.Type.HISTOGRAM, "", name);
  }

  void begin() {
    java.util.Arrays.fill(seen, false);
    isAnswered = false;
    isLitellm = false;
  }

  @Override
  public void sample(PageSeries series) {
    String name = series.metric().name();
    if (!isLitellm && name.startsWith("litellm_")) isLitellm = true;
    Integer place = places.get(name);
    if (place == null) return;
    seen[place] = true;
    if (series.value() > 0 && name.equals(ANSWERED)) isAnswered = true;
  }

  /** Whether any of LiteLLM's own series was there. */
  boolean isLitellm() {
    return isLitellm;
  }

  /** Says what the page lacks. */
  void tell(Readings out) {
    for (int i = 0; i < seen.length; i++) {
      if (!seen[i]) out.missing(NAMES.get(i), Labels.EMPTY, isAnswered ? NOT_THERE : NOT_YET);
    }
  }
}
