package io.oriel.simulate.serve;

import io.oriel.simulate.page.Cell;
import io.oriel.simulate.page.Histogram;
import io.oriel.simulate.page.MetricsPage;
import io.oriel.simulate.world.ModelServer;
import io.oriel.simulate.world.SimRequest;
import org.jspecify.annotations.Nullable;

/** What only versions up to 0.8 of vLLM tell. */
final class VllmOlder {
  private final @Nullable Parts parts;
  private double readTokens;
  private double readBefore;
  private long askedAtMs;

  private record Parts(Cell readRate, Cell writtenRate, Histogram bestOf) {}

  VllmOlder(MetricsPage page, VllmEra era, String[] labels) {
    this.parts = era == VllmEra.V0 ? parts(page, labels) : null;
  }

  private static Parts parts(MetricsPage page, String[] labels) {
    Cell read =
        page.gauge(
                "vllm:avg_prompt_throughput_toks_per_s", "Average prefill throughput in tokens/s.")
            .cell(labels);
    Cell written =
        page.gauge(
                "vllm:avg_generation_throughput_toks_per_s",
                "Average generation throughput in tokens/s.")
            .cell(labels);
    Histogram bestOf =
        page.histogram("vllm:request_params_best_of", "Histogram of the best_of request parameter.")
            .histogram(VllmBuckets.COUNT, labels);
    return new Parts(read, written, bestOf);
  }

  void read(SimRequest request) {
    readTokens += request.promptTokens();
  }

  void ended() {
    if (parts != null) parts.bestOf().observe(1);
  }

  /** Rates since the page was asked for last. */
  void settle(ModelServer server, long nowMs) {
    if (parts == null || nowMs <= askedAtMs) return;
    double seconds = Math.min(60, (nowMs - askedAtMs) / 1000.0);
    parts.readRate().set((readTokens - readBefore) / seconds);
    double written = 0;
    for (SimRequest each : server.running()) written += 1 / Math.max(1e-3, each.tokenSeconds());
    parts.writtenRate().set(written);
    readBefore = readTokens;
    askedAtMs = nowMs;
  }
}
