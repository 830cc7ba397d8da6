package io.oriel.simulate.serve;

import io.oriel.simulate.page.Cell;
import io.oriel.simulate.page.Family;
import io.oriel.simulate.page.Histogram;
import io.oriel.simulate.page.MetricsPage;
import io.oriel.simulate.page.Numbers;
import io.oriel.simulate.world.Caller;
import io.oriel.simulate.world.Failure;
import io.oriel.simulate.world.Fleet;
import io.oriel.simulate.world.ModelServer;
import io.oriel.simulate.world.ModelSpec.Task;
import io.oriel.simulate.world.ServerSpec;
import io.oriel.simulate.world.SimContainer;
import io.oriel.simulate.world.SimRequest;
import io.oriel.simulate.world.Watcher;
import io.oriel.simulate.world.World;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** LiteLLM's page of metrics, as of 1.95: a series is there from its first event on. */
final class LitellmPage implements Watcher {
  private static final double[] SECONDS = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 420, 600
  };
  private static final double MONTHLY_BUDGET = 250;

  private final World world;
  private final MetricsPage page;
  private final PythonProcess process;
  private final Family requests;
  private final Family failed;
  private final Family spend;
  private final Family totalTokens;
  private final Family inputTokens;
  private final Family outputTokens;
  private final Family cachedTokens;
  private final Family whole;
  private final Family upstream;
  private final Family firstToken;
  private final Family queue;
  private final Family overhead;
  private final Family deploymentGood;
  private final Family deploymentBad;
  private final Family deploymentAll;
  private final Family perToken;
  private final Cell inFlight;
  private final Map<ServerSpec, Cell> states = new LinkedHashMap<>();
  private final Map<Ledger.Use, Use> uses = new HashMap<>();
  private final Map<String, Cell> budgets = new LinkedHashMap<>(); // by team
  private final Map<String, Double> spent = new HashMap<>();
  private int open;

  /** What is counted for each request of one caller for one model. */
  private record Use(
      Cell good,
      Cell spend,
      Cell total,
      Cell input,
      Cell output,
      Histogram whole,
      Histogram upstream,
      @Nullable Histogram firstToken,
      Histogram queue,
      Histogram overhead,
      Cell deploymentGood,
      Cell deploymentAll,
      @Nullable Histogram perToken) {}

  LitellmPage(World world) {
    this.world = world;
    this.page = new MetricsPage(Numbers.PYTHON, false, world::nowMs);
    this.process = new PythonProcess(page, world, "litellm", "3.13.3");
    this.requests =
        counter(
            "litellm_proxy_total_requests_metric",
            "Total number of requests made to the proxy server - track number of client side requests");
    this.failed =
        counter(
            "litellm_proxy_failed_requests_metric",
            "Total number of failed responses from proxy - the client did not get a success response from litellm proxy");
    this.spend = counter("litellm_spend_metric", "Total spend on LLM requests");
    this.totalTokens =
        counter(
            "litellm_total_tokens_metric",
            "Total number of input + output tokens from LLM requests");
    this.inputTokens =
        counter("litellm_input_tokens_metric", "Total number of input tokens from LLM requests");
    this.outputTokens =
        counter("litellm_output_tokens_metric", "Total number of output tokens from LLM requests");
    this.cachedTokens =
        counter(
            "litellm_input_cached_tokens_metric",
            "Total number of input tokens read from the provider's prompt cache");
    this.whole =
        page.histogram(
            "litellm_request_total_latency_metric",
            "Total latency (seconds) for a request to LiteLLM");
    this.upstream =
        page.histogram(
            "litellm_llm_api_latency_metric", "Total latency (seconds) for a models LLM API call");
    this.firstToken =
        page.histogram(
            "litellm_llm_api_time_to_first_token_metric",
            "Time to first token for a models LLM API call");
    this.queue =
        page.histogram(
            "litellm_request_queue_time_seconds",
            "Time spent in request queue before processing starts (seconds)");
    this.overhead =
        page.histogram(
            "litellm_overhead_latency_metric",
            "Latency overhead (milliseconds) added by LiteLLM processing");
    this.deploymentGood =
        counter(
            "litellm_deployment_success_responses",
            "LLM Deployment Analytics - Total number of successful LLM API calls via litellm");
    this.deploymentBad =
        counter(
            "litellm_deployment_failure_responses",
            "LLM Deployment Analytics - Total number of failed LLM API calls for a specific LLM deployment");
    this.deploymentAll =
        counter(
            "litellm_deployment_total_requests",
            "LLM Deployment Analytics - Total number of LLM API calls via litellm - success + failure");
    this.perToken =
        page.histogram(
            "litellm_deployment_latency_per_output_token",
            "LLM Deployment Analytics - Latency per output token");
    Family state =
        page.gauge(
            "litellm_deployment_state",
            "LLM Deployment Analytics - The state of the deployment: 0 = healthy, 1 = partial outage, 2 = complete outage");
    for (ServerSpec each : Fleet.SERVERS) states.put(each, state.cell(deployment(each)));
    this.inFlight = page.gauge("litellm_in_flight_requests", "Number of in-flight requests").cell();
    budgets();
    new LitellmServices(page, world);
    new LitellmRarer(page, world);
    world.watch(this);
  }

  private Family counter(String name, String help) {
    return page.counter(name + "_total", help);
  }

  private void budgets() {
    Family most = page.gauge("litellm_team_max_budget_metric", "Maximum budget set for team");
    Family left = page.gauge("litellm_remaining_team_budget_metric", "Remaining budget for team");
    Family hours =
        page.gauge(
            "litellm_team_budget_remaining_hours_metric",
            "Remaining days for team budget to be reset");
    for (Caller each : Fleet.CALLERS) {
      if (budgets.containsKey(each.team())) continue;
      String[] team = {"team", Litellm.teamId(each), "team_alias", each.team()};
      most.cell(team).set(MONTHLY_BUDGET);
      hours.cell(team).set(312);
      budgets.put(each.team(), left.cell(team));
    }
  }

  static String[] deployment(ServerSpec server) {
    return new String[] {
      "api_base", Litellm.apiBase(server),
      "api_provider", server.engine().provider(),
      "litellm_model_name", Litellm.upstreamName(server),
      "model_id", Litellm.modelId(server)
    };
  }

  static String[] key(Caller caller) {
    return new String[] {
      "api_key_alias", caller.key(),
      "end_user", "None",
      "hashed_api_key", Litellm.keyHash(caller),
      "team", Litellm.teamId(caller),
      "team_alias", caller.team(),
      "user", Litellm.userId(caller)
    };
  }

  /** The labels of what is counted in tokens. */
  static String[] tokens(Caller caller, ServerSpec server) {
    return join(
        key(caller),
        "api_provider",
        server.engine().provider(),
        "model",
        Litellm.upstreamName(server),
        "model_id",
        Litellm.modelId(server),
        "requested_model",
        server.model().name(),
        "user_email",
        "None");
  }

  static String[] join(String[] labels, String... more) {
    String[] all = java.util.Arrays.copyOf(labels, labels.length + more.length);
    System.arraycopy(more, 0, all, labels.length, more.length);
    return all;
  }

  private Use use(SimRequest request) {
    Caller caller = request.run().caller();
    var key = new Ledger.Use(caller, request.model());
    Use known = uses.get(key);
    if (known != null) return known;
    Use made = newUse(caller, request.server());
    uses.put(key, made);
    return made;
  }

  private Use newUse(Caller caller, ServerSpec server) {
    String[] key = key(caller);
    String name = server.model().name();
    String provider = server.engine().provider();
    String[] tokens = tokens(caller, server);
    String[] spending =
        join(
            key,
            "api_provider",
            provider,
            "client_ip",
            Litellm.clientIp(caller),
            "model",
            Litellm.upstreamName(server),
            "model_id",
            Litellm.modelId(server),
            "user_agent",
            Litellm.agent(caller),
            "user_email",
            "None");
    String[] latency =
        join(
            key,
            "api_provider",
            provider,
            "model",
            Litellm.upstreamName(server),
            "model_id",
            Litellm.modelId(server),
            "org_alias",
            "None",
            "org_id",
            "None",
            "requested_model",
            name);
    String[] extra = {
      "api_base",
      Litellm.apiBase(server),
      "api_key_alias",
      caller.key(),
      "api_provider",
      provider,
      "hashed_api_key",
      Litellm.keyHash(caller),
      "litellm_model_name",
      Litellm.upstreamName(server),
      "model_group",
      name,
      "model_id",
      Litellm.modelId(server)
    };
    String[] upstreamCalls = upstreamCalls(caller, server);
    String[] slowness =
        join(
            deployment(server),
            "api_key_alias",
            caller.key(),
            "hashed_api_key",
            Litellm.keyHash(caller),
            "team",
            Litellm.teamId(caller),
            "team_alias",
            caller.team());
    boolean isChat = server.model().task() == Task.CHAT;
    return new Use(
        requests.cell(clientRequest(caller, server, "200")),
        spend.cell(spending),
        totalTokens.cell(tokens),
        inputTokens.cell(tokens),
        outputTokens.cell(tokens),
        whole.histogram(SECONDS, latency),
        upstream.histogram(SECONDS, latency),
        isChat ? firstToken.histogram(SECONDS, latency) : null,
        queue.histogram(SECONDS, latency),
        overhead.histogram(SECONDS, extra),
        deploymentGood.cell(upstreamCalls),
        deploymentAll.cell(upstreamCalls),
        isChat ? perToken.histogram(SECONDS, slowness) : null);
  }

  private static String[] upstreamCalls(Caller caller, ServerSpec server) {
    return join(
        deployment(server),
        "api_key_alias",
        caller.key(),
        "client_ip",
        Litellm.clientIp(caller),
        "hashed_api_key",
        Litellm.keyHash(caller),
        "requested_model",
        server.model().name(),
        "team",
        Litellm.teamId(caller),
        "team_alias",
        caller.team(),
        "user_agent",
        Litellm.agent(caller));
  }

  private static String[] clientRequest(Caller caller, ServerSpec server, String status) {
    return join(client(caller, server), "status_code", status);
  }

  private static String[] client(Caller caller, ServerSpec server) {
    return join(
        key(caller),
        "api_provider",
        server.engine().provider(),
        "client_ip",
        Litellm.clientIp(caller),
        "model_id",
        Litellm.modelId(server),
        "org_alias",
        "None",
        "org_id",
        "None",
        "requested_model",
        server.model().name(),
        "route",
        Litellm.route(server),
        "user_agent",
        Litellm.agent(caller),
        "user_email",
        "None");
  }

  @Override
  public void created(SimRequest request) {
    open++;
  }

  @Override
  public void ended(SimRequest request) {
    open = Math.max(0, open - 1);
    Failure failure = request.failure();
    if (failure == null) good(request);
    else bad(request, failure);
    process.request(request);
  }

  private void good(SimRequest request) {
    Use use = use(request);
    use.good().add(1);
    use.spend().add(request.cost());
    use.total().add(request.promptTokens() + request.outputTokens());
    use.input().add(request.promptTokens());
    use.output().add(request.outputTokens());
    double call = (request.endedUs() - request.arrivedUs()) / 1e6;
    double own = request.overheadUs() / 1e6;
    use.whole().observe(call + own);
    use.upstream().observe(call);
    use.queue().observe(own / 4);
    use.overhead().observe(own);
    use.deploymentGood().add(1);
    use.deploymentAll().add(1);
    spent.merge(request.run().caller().team(), request.cost(), Double::sum);
    if (use.firstToken() != null) {
      use.firstToken().observe((request.firstTokenUs() - request.arrivedUs()) / 1e6);
    }
    if (use.perToken() != null && request.outputTokens() > 0) {
      use.perToken().observe(call / request.outputTokens());
    }
    if (request.cachedTokens() > 0) cached(request);
  }

  private void cached(SimRequest request) {
    Caller caller = request.run().caller();
    ServerSpec server = request.server();
    String[] tokens = tokens(caller, server);
    cachedTokens.cell(tokens).add(request.cachedTokens());
  }

  private void bad(SimRequest request, Failure failure) {
    Caller caller = request.run().caller();
    ServerSpec server = request.server();
    String status = String.valueOf(failure.status());
    String[] exception = {
      "exception_class", Litellm.exception(server, failure), "exception_status", status
    };
    requests.cell(clientRequest(caller, server, status)).add(1);
    failed.cell(join(client(caller, server), exception)).add(1);
    if (failure.status() == 429) return; // refused before any deployment was asked
    String[] calls = upstreamCalls(caller, server);
    deploymentBad.cell(join(calls, exception)).add(1);
    deploymentAll.cell(calls).add(1);
  }

  @Override
  public void began(SimContainer container) {
    if (!container.name().equals("litellm")) return;
    page.restart();
    process.restart();
    open = 0;
  }

  int size() {
    return page.size();
  }

  byte[] toBytes() {
    inFlight.set(open);
    for (ModelServer each : world.servers()) {
      Cell state = states.get(each.spec());
      if (state != null) state.set(each.isReady() ? 0 : 2);
    }
    budgets.forEach(
        (team, left) -> left.set(MONTHLY_BUDGET - spent.getOrDefault(team, 0.0) % MONTHLY_BUDGET));
    process.settle();
    return page.toBytes();
  }
}
