package io.oriel.simulate.serve;

import io.oriel.simulate.page.Cell;
import io.oriel.simulate.page.Family;
import io.oriel.simulate.page.Histogram;
import io.oriel.simulate.page.MetricsPage;
import io.oriel.simulate.world.Caller;
import io.oriel.simulate.world.Failure;
import io.oriel.simulate.world.Fleet;
import io.oriel.simulate.world.ModelSpec.Task;
import io.oriel.simulate.world.ServerSpec;
import io.oriel.simulate.world.SimRequest;
import io.oriel.simulate.world.Watcher;
import io.oriel.simulate.world.World;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The rest of LiteLLM's page: budgets of keys and users, limits, its own cache, a guardrail, and
 * what does not happen in this fleet (audio, tools by MCP), which stands at 0.
 */
final class LitellmRarer implements Watcher {
  private static final double[] SECONDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
  private static final double BUDGET = 120;
  private static final int PER_MINUTE = 600;
  private static final String GUARDRAIL = "pii-mask";

  private final MetricsPage page;
  private final Map<String, Family> gauges = new HashMap<>();
  private final Family asked;
  private final Family upstreamFailures;
  private final Family cooledDown;
  private final Family misses;
  private final Family reasoning;
  private final Family left;
  private final Family tokensLeft;
  private final Family keyLeft;
  private final Family keyTokensLeft;
  private final Family overhead;
  private final Cell guarded;
  private final Histogram guarding;
  private final Map<String, Cell> keyBudgets = new HashMap<>();
  private final Map<String, Cell> userBudgets = new HashMap<>();
  private final Map<String, Double> spent = new HashMap<>(); // by key

  LitellmRarer(MetricsPage page, World world) {
    this.page = page;
    this.asked =
        counter("litellm_requests_metric", "deprecated - use litellm_proxy_total_requests_metric");
    this.upstreamFailures =
        counter(
            "litellm_llm_api_failed_requests_metric",
            "deprecated - use litellm_proxy_failed_requests_metric");
    this.cooledDown =
        counter(
            "litellm_deployment_cooled_down",
            "LLM Deployment Analytics - Number of times a deployment has been cooled down");
    this.misses = counter("litellm_cache_misses_metric", "Total number of LiteLLM cache misses");
    this.reasoning =
        counter("litellm_output_reasoning_tokens_metric", "Total number of reasoning tokens");
    this.left =
        page.gauge(
            "litellm_remaining_requests_metric",
            "remaining requests for model, returned from LLM API Provider");
    this.tokensLeft =
        page.gauge(
            "litellm_remaining_tokens_metric",
            "remaining tokens for model, returned from LLM API Provider");
    this.keyLeft =
        page.gauge(
            "litellm_remaining_api_key_requests_for_model",
            "Remaining Requests API Key can make for model (model based rpm limit on key)");
    this.keyTokensLeft =
        page.gauge(
            "litellm_remaining_api_key_tokens_for_model",
            "Remaining Tokens API Key can make for model (model based tpm limit on key)");
    this.overhead =
        page.histogram(
            "litellm_overhead_with_guardrails_latency_metric",
            "Latency overhead added by LiteLLM processing, guardrails included");
    String[] rail = {"guardrail_name", GUARDRAIL, "hook_type", "pre_call"};
    this.guarded =
        counter("litellm_guardrail_requests", "Total number of guardrail invocations")
            .cell(LitellmPage.join(rail, "status", "success"));
    this.guarding =
        page.histogram("litellm_guardrail_latency_seconds", "Latency (seconds) for guardrails")
            .histogram(SECONDS, LitellmPage.join(rail, "status", "success", "error_type", "None"));
    counter("litellm_guardrail_errors", "Total number of errors encountered in guardrails")
        .cell(LitellmPage.join(rail, "error_type", "None"));
    budgets();
    limits();
    counts();
    nothingOf();
    world.watch(this);
  }

  private Family counter(String name, String help) {
    return page.counter(name + "_total", help);
  }

  /** The family of that name: one of them, however often it is asked for. */
  private Family gauge(String name, String help) {
    return gauges.computeIfAbsent(name, _ -> page.gauge(name, help));
  }

  private void budgets() {
    for (Caller each : Fleet.CALLERS) {
      String[] key = {"api_key_alias", each.key(), "hashed_api_key", Litellm.keyHash(each)};
      String[] user = {"user", Litellm.userId(each)};
      keyBudgets.put(each.key(), budget("api_key", key));
      userBudgets.put(each.key(), budget("user", user));
    }
    budget("org", "org_alias", "research", "org_id", "org-research");
    budget("customer", "end_user", "None");
    page.gauge("litellm_provider_remaining_budget_metric", "Remaining budget for provider")
        .cell("api_provider", "hosted_vllm")
        .set(BUDGET);
  }

  /** What is left; all three of a kind. */
  private Cell budget(String of, String... labels) {
    gauge("litellm_" + of + "_max_budget_metric", "Maximum budget set for " + of)
        .cell(labels)
        .set(BUDGET);
    gauge(
            "litellm_" + of + "_budget_remaining_hours_metric",
            "Remaining hours for " + of + " budget to be reset")
        .cell(labels)
        .set(312);
    Cell rest =
        gauge("litellm_remaining_" + of + "_budget_metric", "Remaining budget for " + of)
            .cell(labels);
    rest.set(BUDGET);
    return rest;
  }

  private void limits() {
    for (ServerSpec each : Fleet.SERVERS) {
      String[] of = LitellmPage.deployment(each);
      gauge("litellm_deployment_rpm_limit", "Deployment RPM limit found in config")
          .cell(of)
          .set(PER_MINUTE);
      gauge("litellm_deployment_tpm_limit", "Deployment TPM limit found in config")
          .cell(of)
          .set(PER_MINUTE * 4_000L);
    }
  }

  private void counts() {
    Set<String> teams = new LinkedHashSet<>();
    Family members = page.gauge("litellm_team_members_metric", "Number of members in a team");
    for (Caller each : Fleet.CALLERS) {
      teams.add(each.team());
      members.cell("team", Litellm.teamId(each), "team_alias", each.team()).set(1);
    }
    page.gauge("litellm_total_users", "Total number of users").cell().set(Fleet.CALLERS.size());
    page.gauge("litellm_active_users", "Number of active users").cell().set(Fleet.CALLERS.size());
    page.gauge("litellm_teams_count", "Total number of teams").cell().set(teams.size());
    page.gauge("litellm_admission_admitted_requests", "Requests admitted right now").cell().set(0);
    page.gauge("litellm_admission_queued_requests", "Requests waiting for admission").cell().set(0);
  }

  /** Families whose event does not happen here, each with one series at 0. */
  private void nothingOf() {
    ServerSpec server = Fleet.SERVERS.getFirst();
    Caller caller = Fleet.CALLERS.getFirst();
    String[] tokens = LitellmPage.tokens(caller, server);
    counter("litellm_input_audio_tokens_metric", "Total number of input audio tokens").cell(tokens);
    counter("litellm_output_audio_tokens_metric", "Total number of output audio tokens")
        .cell(tokens);
    counter("litellm_input_cache_creation_tokens_metric", "Tokens written to a prompt cache")
        .cell(tokens);
    String[] cache = cache(caller, server);
    counter("litellm_cache_hits_metric", "Total number of LiteLLM cache hits").cell(cache);
    counter("litellm_cached_tokens_metric", "Total tokens served from LiteLLM cache").cell(cache);
    String[] tool =
        LitellmPage.join(
            LitellmPage.key(caller), "mcp_server_name", "None", "mcp_tool_name", "None");
    counter("litellm_mcp_tool_calls", "Total number of MCP tool calls").cell(tool);
    counter("litellm_mcp_tool_call_spend_metric", "Total spend on MCP tool calls").cell(tool);
    counter("litellm_admission_rejected_requests", "Requests not admitted")
        .cell("reason", "queue_full");
    counter("litellm_callback_logging_failures_metric", "Total number of failed callback logs")
        .cell("callback_name", "langfuse_otel");
    String[] fallback = {
      "requested_model", server.model().name(),
      "fallback_model", "None",
      "hashed_api_key", Litellm.keyHash(caller),
      "api_key_alias", caller.key(),
      "team", Litellm.teamId(caller),
      "team_alias", caller.team(),
      "exception_status", "None",
      "exception_class", "None",
      "model_id", Litellm.modelId(server)
    };
    counter("litellm_deployment_successful_fallbacks", "Number of successful fallback requests")
        .cell(fallback);
    counter("litellm_deployment_failed_fallbacks", "Number of failed fallback requests")
        .cell(fallback);
    counter("litellm_zero_cost_requests", "Requests that were priced at nothing")
        .cell(
            "requested_model", server.model().name(),
            "model", Litellm.upstreamName(server),
            "model_id", Litellm.modelId(server),
            "api_provider", server.engine().provider(),
            "reason", "None");
  }

  private static String[] cache(Caller caller, ServerSpec server) {
    return LitellmPage.join(
        LitellmPage.key(caller),
        "api_provider",
        server.engine().provider(),
        "model",
        Litellm.upstreamName(server),
        "model_id",
        Litellm.modelId(server));
  }

  @Override
  public void ended(SimRequest request) {
    Caller caller = request.run().caller();
    ServerSpec server = request.server();
    Failure failure = request.failure();
    if (failure == null) good(request, caller, server);
    else bad(failure, caller, server);
  }

  private void good(SimRequest request, Caller caller, ServerSpec server) {
    String[] tokens = LitellmPage.tokens(caller, server);
    asked.cell(tokens).add(1);
    misses.cell(cache(caller, server)).add(1);
    double spend = spent.getOrDefault(caller.key(), 0.0) + request.cost();
    spent.put(caller.key(), spend);
    set(keyBudgets, caller, BUDGET - spend % BUDGET);
    set(userBudgets, caller, BUDGET - spend % BUDGET);
    String[] limited = limited(caller, server);
    left.cell(limited).set(PER_MINUTE - request.number() % 40);
    tokensLeft.cell(limited).set(PER_MINUTE * 4_000L - request.promptTokens());
    String[] ofKey = ofKey(caller, server);
    keyLeft.cell(ofKey).set(PER_MINUTE - request.number() % 40);
    keyTokensLeft.cell(ofKey).set(PER_MINUTE * 4_000L - request.promptTokens());
    if (server.model().task() == Task.CHAT) {
      guarded.add(1);
      guarding.observe(request.overheadUs() / 1e7);
      overhead.histogram(SECONDS, limited).observe(request.overheadUs() * 1.1e-6);
    }
    if (server.model().name().startsWith("gpt-oss")) {
      reasoning.cell(tokens).add(request.outputTokens() / 3L);
    }
  }

  private static void set(Map<String, Cell> cells, Caller caller, double value) {
    Cell cell = cells.get(caller.key());
    if (cell != null) cell.set(value);
  }

  private static String[] limited(Caller caller, ServerSpec server) {
    return LitellmPage.join(
        LitellmPage.deployment(server),
        "api_key_alias",
        caller.key(),
        "hashed_api_key",
        Litellm.keyHash(caller),
        "model_group",
        server.model().name());
  }

  private static String[] ofKey(Caller caller, ServerSpec server) {
    return new String[] {
      "api_key_alias", caller.key(),
      "hashed_api_key", Litellm.keyHash(caller),
      "model", server.model().name(),
      "model_id", Litellm.modelId(server)
    };
  }

  private void bad(Failure failure, Caller caller, ServerSpec server) {
    upstreamFailures
        .cell(
            LitellmPage.join(
                LitellmPage.key(caller),
                "model",
                Litellm.upstreamName(server),
                "model_id",
                Litellm.modelId(server)))
        .add(1);
    if (failure.status() < 500) return;
    cooledDown
        .cell(
            LitellmPage.join(
                LitellmPage.deployment(server), "exception_status", "" + failure.status()))
        .add(1);
  }
}
