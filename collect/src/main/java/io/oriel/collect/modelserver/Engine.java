package io.oriel.collect.modelserver;

import static io.oriel.collect.vocabulary.ModelMetric.CACHED_INPUT_TOKENS;
import static io.oriel.collect.vocabulary.ModelMetric.DURATION;
import static io.oriel.collect.vocabulary.ModelMetric.FIRST_TOKEN;
import static io.oriel.collect.vocabulary.ModelMetric.INPUT_TOKENS;
import static io.oriel.collect.vocabulary.ModelMetric.INTER_TOKEN;
import static io.oriel.collect.vocabulary.ModelMetric.KV_CACHE_USED;
import static io.oriel.collect.vocabulary.ModelMetric.OUTPUT_TOKENS;
import static io.oriel.collect.vocabulary.ModelMetric.PREEMPTIONS;
import static io.oriel.collect.vocabulary.ModelMetric.PREFIX_HITS;
import static io.oriel.collect.vocabulary.ModelMetric.PREFIX_QUERIES;
import static io.oriel.collect.vocabulary.ModelMetric.QUEUED;
import static io.oriel.collect.vocabulary.ModelMetric.REQUESTS;
import static io.oriel.collect.vocabulary.ModelMetric.RUNNING;
import static io.oriel.collect.vocabulary.ModelMetric.WAITING;

import io.oriel.collect.vocabulary.Rule;
import java.util.List;

/**
 * The engines that serve models and have a page of metrics: which of their names mean what, newer
 * names before older ones. Sources: the metric tables of their repositories (vLLM's loggers.py,
 * SGLang's collector.py, TGI's and llama.cpp's server, Triton's metrics.md).
 */
public enum Engine {
  VLLM(
      "vllm",
      "/health",
      "failed",
      "/v1/models",
      "/version",
      "model_name",
      "start vLLM without --disable-log-stats",
      List.of(
          Rule.of("vllm:num_requests_running", RUNNING),
          Rule.of("vllm:num_requests_waiting", WAITING),
          Rule.of("vllm:num_requests_waiting_by_reason", WAITING),
          Rule.of("vllm:request_success_total", REQUESTS).keeping("finished_reason", "finished"),
          Rule.of("vllm:prompt_tokens_total", INPUT_TOKENS),
          Rule.of("vllm:prompt_tokens_cached_total", CACHED_INPUT_TOKENS),
          Rule.of("vllm:generation_tokens_total", OUTPUT_TOKENS),
          Rule.of("vllm:time_to_first_token_seconds", FIRST_TOKEN),
          Rule.of("vllm:inter_token_latency_seconds", INTER_TOKEN),
          Rule.of("vllm:time_per_output_token_seconds", INTER_TOKEN),
          Rule.of("vllm:e2e_request_latency_seconds", DURATION),
          Rule.of("vllm:request_queue_time_seconds", QUEUED),
          Rule.of("vllm:time_in_queue_requests", QUEUED),
          Rule.of("vllm:kv_cache_usage_perc", KV_CACHE_USED),
          Rule.of("vllm:gpu_cache_usage_perc", KV_CACHE_USED),
          Rule.of("vllm:prefix_cache_queries_total", PREFIX_QUERIES),
          Rule.of("vllm:gpu_prefix_cache_queries_total", PREFIX_QUERIES),
          Rule.of("vllm:prefix_cache_hits_total", PREFIX_HITS),
          Rule.of("vllm:gpu_prefix_cache_hits_total", PREFIX_HITS),
          Rule.of("vllm:num_preemptions_total", PREEMPTIONS))),
  SGLANG(
      "sglang",
      "/health",
      "failed",
      "/v1/models",
      "",
      "model_name",
      "start SGLang with --enable-metrics",
      List.of(
          Rule.of("sglang:num_running_reqs", RUNNING),
          Rule.of("sglang:num_queue_reqs", WAITING),
          Rule.of("sglang:num_requests_total", REQUESTS),
          Rule.of("sglang:prompt_tokens_total", INPUT_TOKENS),
          Rule.of("sglang:generation_tokens_total", OUTPUT_TOKENS),
          Rule.of("sglang:time_to_first_token_seconds", FIRST_TOKEN),
          Rule.of("sglang:inter_token_latency_seconds", INTER_TOKEN),
          Rule.of("sglang:time_per_output_token_seconds", INTER_TOKEN),
          Rule.of("sglang:e2e_request_latency_seconds", DURATION),
          Rule.of("sglang:queue_time_seconds", QUEUED),
          Rule.of("sglang:token_usage", KV_CACHE_USED),
          Rule.of("sglang:num_retracted_requests_total", PREEMPTIONS))),
  TGI(
      "tgi",
      "/health",
      "failed",
      "/info",
      "/info",
      "",
      "is this TGI's router?",
      List.of(
          Rule.of("tgi_batch_current_size", RUNNING),
          Rule.of("tgi_queue_size", WAITING),
          Rule.of("tgi_request_success", REQUESTS),
          Rule.of("tgi_request_input_length_sum", INPUT_TOKENS),
          Rule.of("tgi_request_generated_tokens_sum", OUTPUT_TOKENS),
          Rule.of("tgi_request_mean_time_per_token_duration", INTER_TOKEN),
          Rule.of("tgi_request_duration", DURATION),
          Rule.of("tgi_request_queue_duration", QUEUED))),
  TRITON(
      "triton",
      "",
      "",
      "",
      "",
      "model",
      "is metrics' port 8002 open, and --allow-metrics not switched off?",
      List.of(
          Rule.of("nv_inference_pending_request_count", WAITING),
          Rule.of("nv_inference_request_success", REQUESTS))),
  LLAMA_CPP(
      "llama.cpp",
      "/health",
      "loading",
      "/props and /v1/models",
      "/props",
      "",
      "start llama-server with --metrics",
      List.of(
          Rule.of("llamacpp:requests_processing", RUNNING),
          Rule.of("llamacpp:requests_deferred", WAITING),
          Rule.of("llamacpp:prompt_tokens_total", INPUT_TOKENS),
          Rule.of("llamacpp:prompt_tokens_cached_total", CACHED_INPUT_TOKENS),
          Rule.of("llamacpp:tokens_predicted_total", OUTPUT_TOKENS),
          Rule.of("llamacpp:kv_cache_usage_ratio", KV_CACHE_USED)));

  private final String label;
  private final String health;
  private final String unhealthy;
  private final String models;
  private final String version;
  private final String modelLabel;
  private final String remedy;

  @SuppressWarnings("ImmutableEnumChecker") // of List.of()
  private final List<Rule> rules;

  Engine(
      String label,
      String health,
      String unhealthy,
      String models,
      String version,
      String modelLabel,
      String remedy,
      List<Rule> rules) {
    this.label = label;
    this.health = health;
    this.unhealthy = unhealthy;
    this.models = models;
    this.version = version;
    this.modelLabel = modelLabel;
    this.remedy = remedy;
    this.rules = rules;
  }

  /** The value of the label {@code engine}; also the job. */
  public String label() {
    return label;
  }

  /** The path that answers 503 when the engine can't serve; empty where there is none. */
  String health() {
    return health;
  }

  /** The state that 503 there says. */
  String unhealthy() {
    return unhealthy;
  }

  /** Where it tells of its models, for people; {@link Facts} asks there. */
  String models() {
    return models;
  }

  /** Where it tells its version, for people; empty where it does not. */
  String version() {
    return version;
  }

  /** The page's label for a model's name; empty where it has none. */
  String modelLabel() {
    return modelLabel;
  }

  /** What to do when the page has none of the engine's metrics. */
  String remedy() {
    return remedy;
  }

  List<Rule> rules() {
    return rules;
  }
}
