package io.oriel.simulate.serve;

import io.oriel.simulate.page.Cell;
import io.oriel.simulate.page.Family;
import io.oriel.simulate.page.MetricsPage;
import io.oriel.simulate.world.ModelServer;
import io.oriel.simulate.world.SimRequest;
import org.jspecify.annotations.Nullable;

/** What only newer versions of vLLM tell. */
final class VllmNewer {
  private final @Nullable Parts parts;

  private record Parts(Cell capacity, Cell computed, Cell cached, Cell cachedTotal) {}

  VllmNewer(MetricsPage page, VllmEra era, String[] labels) {
    this.parts = era == VllmEra.NEW ? parts(page, labels) : null;
  }

  private static Parts parts(MetricsPage page, String[] labels) {
    Family waiting =
        page.gauge(
            "vllm:num_requests_waiting_by_reason",
            "Number of requests waiting to be processed, by reason.");
    waiting.cell(VllmPage.with(labels, "reason", "deferred"));
    Family sleep =
        page.gauge(
            "vllm:engine_sleep_state",
            "Engine sleep state; awake = 0 means engine is sleeping; awake = 1 means engine is awake;"
                + " weights_offloaded = 1 means sleep level 1; discard_all = 1 means sleep level 2.");
    sleep.cell(VllmPage.with(labels, "sleep_state", "awake")).set(1);
    sleep.cell(VllmPage.with(labels, "sleep_state", "weights_offloaded"));
    sleep.cell(VllmPage.with(labels, "sleep_state", "discard_all"));
    String outside = "External prefix cache %s from KV connector cross-instance cache sharing, in";
    page.counter(
            "vllm:external_prefix_cache_queries_total",
            outside.formatted("queries") + " terms of number of queried tokens.")
        .cell(labels);
    page.counter(
            "vllm:external_prefix_cache_hits_total",
            outside.formatted("hits") + " terms of number of cached tokens.")
        .cell(labels);
    String pictures = "Multi-modal cache %s, in terms of number of %s items.";
    page.counter("vllm:mm_cache_queries_total", pictures.formatted("queries", "queried"))
        .cell(labels);
    page.counter("vllm:mm_cache_hits_total", pictures.formatted("hits", "cached")).cell(labels);
    Family bySource =
        page.counter("vllm:prompt_tokens_by_source_total", "Number of prompt tokens by source.");
    bySource.cell(VllmPage.with(labels, "source", "external_kv_transfer"));
    Family cached =
        page.counter(
            "vllm:prompt_tokens_cached_total",
            "Number of cached prompt tokens (local + external).");
    page.counter(
            "vllm:prompt_tokens_recomputed_total",
            "Number of cached tokens recomputed for forward pass.")
        .cell(labels);
    return new Parts(
        waiting.cell(VllmPage.with(labels, "reason", "capacity")),
        bySource.cell(VllmPage.with(labels, "source", "local_compute")),
        bySource.cell(VllmPage.with(labels, "source", "local_cache_hit")),
        cached.cell(labels));
  }

  void read(SimRequest request) {
    if (parts == null) return;
    parts.computed().add(request.promptTokens() - request.cachedTokens());
    parts.cached().add(request.cachedTokens());
    parts.cachedTotal().add(request.cachedTokens());
  }

  void settle(ModelServer server) {
    if (parts != null) parts.capacity().set(server.waiting());
  }
}
