package io.oriel.collect.litellm;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.peer.JsonNumber;

/** What LiteLLM's database sums up for each UTC day: a row a quantity. */
enum Quantity {
  SPEND("spend_dollars", "spend", 1, "What requests have cost"),
  REQUESTS("requests", "api_requests", 1, "Requests, failed ones included"),
  FAILED("failed_requests", "failed_requests", 1, "Requests that failed"),
  INPUT("input_tokens", "prompt_tokens", 1, "Tokens of prompts"),
  CACHED(
      "cached_input_tokens", "cache_read_input_tokens", 1, "Tokens of prompts read from a cache"),
  OUTPUT("output_tokens", "completion_tokens", 1, "Generated tokens"),
  SECONDS(
      "response_seconds", "total_response_time_ms", 1e-3, "How long timed requests took in all"),
  TIMED("timed_requests", "timed_requests", 1, "Requests whose time was taken");

  private final String words;
  private final String field;
  private final double factor;
  private final String help;

  Quantity(String words, String field, double factor, String help) {
    this.words = words;
    this.field = field;
    this.factor = factor;
    this.help = help;
  }

  /** Within a metric's name. */
  String words() {
    return words;
  }

  String help() {
    return help;
  }

  /** Its value in a {@code metrics} object; NaN where this version of LiteLLM does not tell it. */
  double of(JsonNode metrics) {
    return JsonNumber.of(metrics.path(field)) * factor;
  }
}
