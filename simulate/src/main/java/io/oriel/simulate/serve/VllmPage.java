package io.oriel.simulate.serve;

import io.oriel.simulate.page.Cell;
import io.oriel.simulate.page.Family;
import io.oriel.simulate.page.MetricsPage;
import io.oriel.simulate.page.Numbers;
import io.oriel.simulate.world.ModelServer;
import io.oriel.simulate.world.ModelSpec.Task;
import io.oriel.simulate.world.ServerSpec;
import io.oriel.simulate.world.SimContainer;
import io.oriel.simulate.world.SimRequest;
import io.oriel.simulate.world.SimRequest.End;
import io.oriel.simulate.world.Watcher;
import io.oriel.simulate.world.World;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The page of metrics of one vLLM server, in the names of its version. */
final class VllmPage implements Watcher {
  private final World world;
  private final ModelServer server;
  private final ServerSpec spec;
  private final VllmEra era;
  private final MetricsPage page;
  private final String[] labels;
  private final VllmLatencies latencies;
  private final PythonProcess process;

  private final Cell running;
  private final Cell waiting;
  private final List<Cell> kvUsage = new ArrayList<>();
  private final Cell preemptions;
  private final Cell promptTokens;
  private final Cell writtenTokens;
  private final List<Cell> looked = new ArrayList<>();
  private final List<Cell> found = new ArrayList<>();
  private final List<Cell> hitRates = new ArrayList<>();
  private final Map<End, Cell> ends = new EnumMap<>(End.class);
  private final VllmOlder older;
  private final VllmNewer newer;
  private double lookedTokens;
  private double foundTokens;
  private double finishedTokens; // written by requests that are over

  VllmPage(World world, ModelServer server) {
    this.world = world;
    this.server = server;
    this.spec = server.spec();
    this.era = VllmEra.of(spec);
    this.page = new MetricsPage(Numbers.PYTHON, false, world::nowMs);
    this.labels =
        era.isV1()
            ? new String[] {"engine", "0", "model_name", spec.model().name()}
            : new String[] {"model_name", spec.model().name()};
    this.process = new PythonProcess(page, world, spec.container(), "3.12.11");
    cacheConfig();
    this.running =
        gauge("vllm:num_requests_running", "Number of requests in model execution batches.");
    this.waiting =
        gauge("vllm:num_requests_waiting", "Number of requests waiting to be processed.");
    caches();
    this.preemptions =
        counter("vllm:num_preemptions_total", "Cumulative number of preemption from the engine.");
    this.promptTokens = counter("vllm:prompt_tokens_total", "Number of prefill tokens processed.");
    this.writtenTokens =
        counter("vllm:generation_tokens_total", "Number of generation tokens processed.");
    ends();
    this.latencies = new VllmLatencies(page, era, spec, labels);
    this.older = new VllmOlder(page, era, labels);
    this.newer = new VllmNewer(page, era, labels);
    world.watch(this);
  }

  private Cell gauge(String name, String help) {
    return page.gauge(name, help).cell(labels);
  }

  private Cell counter(String name, String help) {
    return page.counter(name, help).cell(labels);
  }

  private void cacheConfig() {
    var all = new ArrayList<>(List.of("block_size", "16", "cache_dtype", "auto"));
    if (era == VllmEra.V0) all.addAll(List.of("cpu_offload_gb", "0"));
    all.addAll(List.of("enable_prefix_caching", isChat() ? "True" : "False"));
    if (era.isV1()) all.addAll(List.of("engine", "0"));
    all.addAll(List.of("gpu_memory_utilization", io.oriel.simulate.world.Fleet.share(spec)));
    all.addAll(List.of("is_attention_free", "False", "num_cpu_blocks", "0"));
    all.addAll(List.of("num_gpu_blocks", String.valueOf(spec.kvTokens() / ServerSpec.BLOCK)));
    all.addAll(List.of("num_gpu_blocks_override", "None", "sliding_window", "None"));
    String help =
        era.isV1() ? "Information of the LLMEngine CacheConfig" : "information of cache_config";
    page.gauge("vllm:cache_config_info", help).cell(all.toArray(String[]::new)).set(1);
  }

  private boolean isChat() {
    return spec.model().task() == Task.CHAT;
  }

  private void caches() {
    if (era == VllmEra.V0) {
      gauge("vllm:num_requests_swapped", "Number of requests swapped to CPU.");
      gauge("vllm:cpu_cache_usage_perc", "CPU KV-cache usage. 1 means 100 percent usage.");
      gauge("vllm:cpu_prefix_cache_hit_rate", "CPU prefix cache block hit rate.").set(-1);
      hitRates.add(gauge("vllm:gpu_prefix_cache_hit_rate", "GPU prefix cache block hit rate."));
    }
    if (era != VllmEra.NEW) {
      kvUsage.add(
          gauge("vllm:gpu_cache_usage_perc", "GPU KV-cache usage. 1 means 100 percent usage."));
    }
    if (!era.isV1()) return;
    kvUsage.add(gauge("vllm:kv_cache_usage_perc", "KV-cache usage. 1 means 100 percent usage."));
    if (era == VllmEra.BOTH) prefix("vllm:gpu_prefix_cache", "GPU prefix cache");
    prefix("vllm:prefix_cache", "Prefix cache");
  }

  private void prefix(String name, String what) {
    looked.add(
        counter(name + "_queries_total", what + " queries, in terms of number of queried tokens."));
    found.add(counter(name + "_hits_total", what + " hits, in terms of number of cached tokens."));
  }

  /** Versions of V1 have all reasons from the start, V0 those that occurred. */
  private void ends() {
    Family family =
        page.counter("vllm:request_success_total", "Count of successfully processed requests.");
    List<String> names = List.of("stop", "length", "abort");
    for (String name : names) {
      Cell cell = family.cell(withLabel("finished_reason", name));
      ends.put(End.valueOf(name.toUpperCase(java.util.Locale.ROOT)), cell);
    }
    if (era == VllmEra.NEW) family.cell(withLabel("finished_reason", "error"));
  }

  private String[] withLabel(String name, String value) {
    return with(labels, name, value);
  }

  static String[] with(String[] labels, String name, String value) {
    String[] all = java.util.Arrays.copyOf(labels, labels.length + 2);
    all[labels.length] = name;
    all[labels.length + 1] = value;
    return all;
  }

  private boolean isOurs(SimRequest request) {
    return request.server().equals(spec);
  }

  @Override
  public void firstToken(SimRequest request) {
    if (!isOurs(request)) return;
    promptTokens.add(request.promptTokens());
    lookedTokens += request.promptTokens();
    foundTokens += request.cachedTokens();
    older.read(request);
    newer.read(request);
    if (isChat()) latencies.firstToken(request);
  }

  @Override
  public void ended(SimRequest request) {
    if (!isOurs(request) || request.arrivedUs() == 0) return;
    Cell end = ends.get(request.end());
    if (end == null) return; // its server went away under it, and its counters with it
    end.add(1);
    finishedTokens += request.outputTokens();
    latencies.ended(request, isChat());
    if (isChat()) older.ended();
    process.request(request);
  }

  @Override
  public void began(SimContainer container) {
    if (!container.name().equals(spec.container())) return;
    page.restart();
    cacheRestart();
    process.restart();
  }

  private void cacheRestart() {
    finishedTokens = 0;
    lookedTokens = 0;
    foundTokens = 0;
  }

  int size() {
    return page.size();
  }

  byte[] toBytes() {
    running.set(server.running().size());
    waiting.set(server.waiting());
    double usage = server.kvUsage();
    for (Cell each : kvUsage) each.set(usage);
    preemptions.set(server.preemptions());
    long now = world.nowUs();
    double tokens = finishedTokens;
    for (SimRequest each : server.running()) tokens += each.generated(now);
    writtenTokens.set(tokens);
    for (Cell each : looked) each.set(lookedTokens);
    for (Cell each : found) each.set(foundTokens);
    for (Cell each : hitRates) each.set(lookedTokens == 0 ? -1 : foundTokens / lookedTokens);
    older.settle(server, world.nowMs());
    newer.settle(server);
    process.settle();
    return page.toBytes();
  }
}
