package io.oriel.simulate.serve;

import io.oriel.simulate.page.Cell;
import io.oriel.simulate.page.Histogram;
import io.oriel.simulate.page.MetricsPage;
import io.oriel.simulate.world.SimRequest;
import io.oriel.simulate.world.Watcher;
import io.oriel.simulate.world.World;

/** What LiteLLM tells of the services it leans on, itself among them. */
final class LitellmServices implements Watcher {
  private static final double[] SECONDS = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 420, 600
  };
  private static final String[] NAMES = {
    "redis",
    "postgres",
    "batch_write_to_db",
    "reset_budget_job",
    "self",
    "router",
    "auth",
    "proxy_pre_call"
  };
  private static final double[] USUAL_SECONDS = {
    0.0008, 0.0032, 0.012, 0.02, 0.004, 0.0006, 0.0017, 0.0004
  };
  private static final String[] QUEUES = {
    "pod_lock_manager",
    "in_memory_daily_spend_update_queue",
    "redis_daily_spend_update_queue",
    "in_memory_spend_update_queue",
    "redis_spend_update_queue"
  };

  private final Histogram[] latencies = new Histogram[NAMES.length];
  private final Cell[] totals = new Cell[NAMES.length];

  LitellmServices(MetricsPage page, World world) {
    for (int i = 0; i < NAMES.length; i++) {
      String name = NAMES[i];
      latencies[i] =
          page.histogram("litellm_" + name + "_latency", "Latency for " + name + " service")
              .histogram(SECONDS, name, name);
      page.counter(
              "litellm_" + name + "_failed_requests_total",
              "Total failed_requests for " + name + " service")
          .cell();
      totals[i] =
          page.counter(
                  "litellm_" + name + "_total_requests_total",
                  "Total total_requests for " + name + " service")
              .cell(name, name);
    }
    for (String queue : QUEUES) {
      page.gauge("litellm_" + queue + "_size", "Gauge for " + queue + " service").cell();
    }
    world.watch(this);
  }

  @Override
  public void ended(SimRequest request) {
    for (int i = 0; i < NAMES.length; i++) {
      if (i == 2 || i == 3) continue; // jobs of their own
      latencies[i].observe(USUAL_SECONDS[i] * (0.6 + request.overheadUs() / 9_000.0));
      totals[i].add(1);
    }
    if (request.number() % 4 == 0) {
      latencies[2].observe(USUAL_SECONDS[2]);
      totals[2].add(1);
    }
  }
}
