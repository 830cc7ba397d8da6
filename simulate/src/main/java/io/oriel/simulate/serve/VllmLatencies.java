package io.oriel.simulate.serve;

import io.oriel.simulate.page.Histogram;
import io.oriel.simulate.page.MetricsPage;
import io.oriel.simulate.world.ServerSpec;
import io.oriel.simulate.world.SimRequest;
import org.jspecify.annotations.Nullable;

/** vLLM's histograms of times and of tokens. */
final class VllmLatencies {
  private final MetricsPage page;
  private final String[] labels;
  private final VllmBuckets buckets;
  private final Histogram firstToken;
  private final Histogram token;
  private final @Nullable Histogram tokenOfRequest;
  private final Histogram whole;
  private final Histogram queue;
  private final Histogram inference;
  private final Histogram prefill;
  private final Histogram decode;
  private final Histogram prompt;
  private final Histogram output;
  private final Histogram mostOutput;
  private final Histogram allowed;
  private final Histogram answers;
  private final Histogram step;
  private final @Nullable Histogram computed;

  VllmLatencies(MetricsPage page, VllmEra era, ServerSpec spec, String[] labels) {
    this.page = page;
    this.labels = labels;
    this.buckets = VllmBuckets.of(era, spec.model().contextLength());
    this.step =
        of(
            "vllm:iteration_tokens_total",
            "Histogram of number of tokens per engine_step.",
            VllmBuckets.STEP);
    this.prompt = tokens("vllm:request_prompt_tokens", "Number of prefill tokens processed.");
    this.output =
        tokens("vllm:request_generation_tokens", "Number of generation tokens processed.");
    this.mostOutput =
        tokens(
            "vllm:request_max_num_generation_tokens",
            "Histogram of maximum number of requested generation tokens.");
    this.answers =
        of("vllm:request_params_n", "Histogram of the n request parameter.", VllmBuckets.COUNT);
    this.allowed =
        tokens("vllm:request_params_max_tokens", "Histogram of the max_tokens request parameter.");
    this.firstToken =
        of(
            "vllm:time_to_first_token_seconds",
            "Histogram of time to first token in seconds.",
            buckets.firstToken());
    boolean isNew = era == VllmEra.NEW;
    this.token =
        isNew
            ? of(
                "vllm:inter_token_latency_seconds",
                "Histogram of inter-token latency in seconds.",
                buckets.token())
            : of(
                "vllm:time_per_output_token_seconds",
                "Histogram of time per output token in seconds.",
                buckets.token());
    this.tokenOfRequest =
        isNew
            ? of(
                "vllm:request_time_per_output_token_seconds",
                "Histogram of time_per_output_token_seconds per request.",
                buckets.token())
            : null;
    this.whole =
        of(
            "vllm:e2e_request_latency_seconds",
            "Histogram of end to end request latency in seconds.",
            buckets.whole());
    this.queue = phase("queue", "WAITING");
    this.inference = phase("inference", "RUNNING");
    this.prefill = phase("prefill", "PREFILL");
    this.decode = phase("decode", "DECODE");
    this.computed =
        isNew
            ? tokens(
                "vllm:request_prefill_kv_computed_tokens",
                "Histogram of new KV tokens computed during prefill (excluding cached tokens).")
            : null;
  }

  private Histogram of(String name, String help, double[] bounds) {
    return page.histogram(name, help).histogram(bounds, labels);
  }

  private Histogram tokens(String name, String help) {
    return of(name, help, buckets.tokens());
  }

  private Histogram phase(String name, String word) {
    return of(
        "vllm:request_" + name + "_time_seconds",
        "Histogram of time spent in " + word + " phase for request.",
        buckets.phase());
  }

  void firstToken(SimRequest request) {
    firstToken.observe((request.firstTokenUs() - request.arrivedUs()) / 1e6);
  }

  void ended(SimRequest request, boolean isChat) {
    double read = (request.firstTokenUs() - request.startedUs()) / 1e6;
    double written = (request.endedUs() - request.firstTokenUs()) / 1e6;
    whole.observe((request.endedUs() - request.arrivedUs()) / 1e6);
    queue.observe(request.queueUs() / 1e6);
    prefill.observe(read);
    inference.observe(read + written);
    prompt.observe(request.promptTokens());
    if (computed != null) computed.observe(request.promptTokens() - request.cachedTokens());
    step.observe(request.promptTokens() - request.cachedTokens());
    if (!isChat) return;
    decode.observe(written);
    output.observe(request.outputTokens());
    mostOutput.observe(request.outputTokens());
    allowed.observe(request.maxTokens());
    answers.observe(1);
    tokens(request);
  }

  /** Most tokens come as evenly as the mean says; one in twenty waits for another's prompt. */
  private void tokens(SimRequest request) {
    int gaps = request.outputTokens() - 1;
    if (gaps <= 0) return;
    double mean = request.tokenSeconds();
    int late = gaps / 20;
    token.observe(mean * 0.9, gaps - late);
    if (late > 0) token.observe(mean * (1 + 0.1 * (gaps - late) / late), late);
    if (tokenOfRequest != null) tokenOfRequest.observe(mean);
    step.observe(request.batch(), gaps);
  }
}
