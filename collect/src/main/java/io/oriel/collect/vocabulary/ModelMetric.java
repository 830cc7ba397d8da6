package io.oriel.collect.vocabulary;

import io.oriel.collect.Metric;
import io.oriel.model.MetricMetadata;
import java.util.Arrays;
import java.util.List;

/**
 * What is told of every served model, whatever serves it; each with the labels {@code model} (the
 * name that callers use) and {@code engine}.
 */
public enum ModelMetric {
  UP(
      "oriel_model_up",
      MetricMetadata.Type.GAUGE,
      "1 when the server of this model answered the last time."),
  INFO(
      "oriel_model_info",
      MetricMetadata.Type.GAUGE,
      "Always 1; the server's version, what the model was loaded from (root) and the longest context in tokens."),
  STATE(
      "oriel_model_state",
      MetricMetadata.Type.GAUGE,
      "1 for the state that the model is in: ready, loading, sleeping, failed or unloaded."),
  RUNNING(
      "oriel_model_requests_running",
      MetricMetadata.Type.GAUGE,
      "Requests that are being answered."),
  WAITING(
      "oriel_model_requests_waiting",
      MetricMetadata.Type.GAUGE,
      "Requests that wait for their turn."),
  REQUESTS(
      "oriel_model_requests_total",
      MetricMetadata.Type.COUNTER,
      "Requests that have ended, by how: stop, length, abort, error."),
  INPUT_TOKENS(
      "oriel_model_input_tokens_total",
      MetricMetadata.Type.COUNTER,
      "Tokens of prompts, cached ones included."),
  CACHED_INPUT_TOKENS(
      "oriel_model_cached_input_tokens_total",
      MetricMetadata.Type.COUNTER,
      "Tokens of prompts that came out of a cache."),
  OUTPUT_TOKENS(
      "oriel_model_output_tokens_total", MetricMetadata.Type.COUNTER, "Generated tokens."),
  FIRST_TOKEN(
      "oriel_model_time_to_first_token_seconds",
      MetricMetadata.Type.HISTOGRAM,
      "From a request to its first token."),
  INTER_TOKEN(
      "oriel_model_inter_token_seconds",
      MetricMetadata.Type.HISTOGRAM,
      "From one token to the next."),
  DURATION(
      "oriel_model_request_seconds",
      MetricMetadata.Type.HISTOGRAM,
      "From a request to its last token."),
  QUEUED(
      "oriel_model_queue_seconds",
      MetricMetadata.Type.HISTOGRAM,
      "How long requests waited for their turn."),
  KV_CACHE_USED(
      "oriel_model_kv_cache_used_ratio",
      MetricMetadata.Type.GAUGE,
      "How much of the KV cache is in use, 0 to 1."),
  PREFIX_QUERIES(
      "oriel_model_prefix_cache_queries_total",
      MetricMetadata.Type.COUNTER,
      "Tokens looked up in the prefix cache."),
  PREFIX_HITS(
      "oriel_model_prefix_cache_hits_total",
      MetricMetadata.Type.COUNTER,
      "Tokens found in the prefix cache."),
  PREEMPTIONS(
      "oriel_model_preemptions_total",
      MetricMetadata.Type.COUNTER,
      "Requests that had to give their place to others."),
  MEMORY(
      "oriel_model_memory_bytes",
      MetricMetadata.Type.GAUGE,
      "Memory that the loaded model takes, on the GPU and beside it."),
  GPU_MEMORY(
      "oriel_model_gpu_memory_bytes",
      MetricMetadata.Type.GAUGE,
      "That part of it that lies on the GPU."),
  DISK("oriel_model_disk_bytes", MetricMetadata.Type.GAUGE, "What the model takes on disk.");

  private final MetricMetadata.Type type;

  @SuppressWarnings("ImmutableEnumChecker") // toList() and List.of() give lists that stay
  private final List<Metric> metrics;

  ModelMetric(String name, MetricMetadata.Type type, String help) {
    this.type = type;
    this.metrics =
        type == MetricMetadata.Type.HISTOGRAM
            ? Arrays.stream(Part.values())
                .map(part -> new Metric(name + part.suffix, type, help, name))
                .toList()
            : List.of(new Metric(name, type, help));
  }

  /** Of what a histogram is told by. */
  enum Part {
    BUCKET("_bucket"),
    SUM("_sum"),
    COUNT("_count");

    final String suffix;

    Part(String suffix) {
      this.suffix = suffix;
    }
  }

  boolean isHistogram() {
    return type == MetricMetadata.Type.HISTOGRAM;
  }

  /** The metric of what is no histogram. */
  public Metric metric() {
    if (isHistogram()) throw new IllegalStateException(this + " has three metrics");
    return metrics.getFirst();
  }

  Metric metric(Part part) {
    return metrics.get(part.ordinal());
  }

  /** All metrics of the vocabulary. */
  public static List<Metric> all() {
    return Arrays.stream(values()).flatMap(each -> each.metrics.stream()).toList();
  }
}
