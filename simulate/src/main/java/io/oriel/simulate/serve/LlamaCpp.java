package io.oriel.simulate.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oriel.simulate.http.Answer;
import io.oriel.simulate.http.Answering;
import io.oriel.simulate.http.Question;
import io.oriel.simulate.page.Cell;
import io.oriel.simulate.page.MetricsPage;
import io.oriel.simulate.page.Numbers;
import io.oriel.simulate.world.ModelServer;
import io.oriel.simulate.world.ServerSpec;
import io.oriel.simulate.world.SimContainer;
import io.oriel.simulate.world.SimRequest;
import io.oriel.simulate.world.Watcher;
import io.oriel.simulate.world.World;

/** llama.cpp's server: metrics without labels, counted when a request is over. */
final class LlamaCpp implements Answering, Watcher {
  private final World world;
  private final ModelServer server;
  private final ServerSpec spec;
  private final MetricsPage page;
  private final Cell prompt;
  private final Cell cached;
  private final Cell promptSeconds;
  private final Cell written;
  private final Cell writtenSeconds;
  private final Cell decodes;
  private final Cell most;
  private final Cell busy;
  private final Cell promptRate;
  private final Cell writtenRate;
  private final Cell processing;
  private final Cell deferred;

  LlamaCpp(World world, ModelServer server) {
    this.world = world;
    this.server = server;
    this.spec = server.spec();
    this.page = new MetricsPage(Numbers.GO, false, world::nowMs);
    this.prompt = counter("prompt_tokens_total", "Number of prompt tokens processed.");
    this.cached =
        counter("prompt_tokens_cached_total", "Number of prompt tokens reused from cache.");
    this.promptSeconds = counter("prompt_seconds_total", "Prompt process time");
    this.written = counter("tokens_predicted_total", "Number of generation tokens processed.");
    this.writtenSeconds = counter("tokens_predicted_seconds_total", "Predict process time");
    this.decodes = counter("n_decode_total", "Total number of llama_decode() calls");
    this.most = counter("n_tokens_max", "Largest observed n_tokens.");
    this.busy =
        counter("n_busy_slots_per_decode", "Average number of busy slots per llama_decode() call");
    this.promptRate = gauge("prompt_tokens_seconds", "Average prompt throughput in tokens/s.");
    this.writtenRate =
        gauge("predicted_tokens_seconds", "Average generation throughput in tokens/s.");
    this.processing = gauge("requests_processing", "Number of requests processing.");
    this.deferred = gauge("requests_deferred", "Number of requests deferred.");
    world.watch(this);
  }

  private Cell counter(String name, String help) {
    return page.counter("llamacpp:" + name, help).cell();
  }

  private Cell gauge(String name, String help) {
    return page.gauge("llamacpp:" + name, help).cell();
  }

  @Override
  public void ended(SimRequest request) {
    if (!request.server().equals(spec) || request.failure() != null) return;
    int read = request.promptTokens() - request.cachedTokens();
    double readSeconds = (request.firstTokenUs() - request.startedUs()) / 1e6;
    double writeSeconds = (request.endedUs() - request.firstTokenUs()) / 1e6;
    prompt.add(read);
    cached.add(request.cachedTokens());
    promptSeconds.add(readSeconds);
    written.add(request.outputTokens());
    writtenSeconds.add(writeSeconds);
    decodes.add(1 + request.outputTokens());
    most.set(Math.max(most.value(), request.promptTokens() + request.outputTokens()));
    busy.set(0.98 * Math.max(1, busy.value()) + 0.02 * request.batch());
    if (readSeconds > 0) promptRate.set(read / readSeconds);
    if (writeSeconds > 0) writtenRate.set(request.outputTokens() / writeSeconds);
  }

  @Override
  public void began(SimContainer container) {
    if (container.name().equals(spec.container())) page.restart();
  }

  int series() {
    return page.size();
  }

  @Override
  public Answer answer(Question question) {
    boolean isLoading = !server.isReady();
    if (isLoading && !world.daemon().container(spec.container()).isRunning()) return Answer.NOBODY;
    if (isLoading) {
      return Answer.json(
          503,
          "{\"error\":{\"code\":503,\"message\":\"Loading model\",\"type\":\"unavailable_error\"}}");
    }
    return switch (question.path()) {
      case "/metrics" -> metrics();
      case "/health", "/v1/health" -> Answer.json(200, "{\"status\":\"ok\"}");
      case "/v1/models", "/models" -> models();
      case "/props" -> props();
      case "/slots" -> slots();
      default ->
          Answer.json(
              404,
              "{\"error\":{\"code\":404,\"message\":\"File Not Found\",\"type\":\"not_found_error\"}}");
    };
  }

  private Answer metrics() {
    processing.set(server.running().size());
    deferred.set(server.waiting());
    return Answer.metrics(page.toBytes());
  }

  private Answer models() {
    ObjectNode told = Json.object().put("object", "list");
    ObjectNode model = told.putArray("data").addObject().put("id", spec.model().name());
    model.put("object", "model").put("created", world.nowMs() / 1000).put("owned_by", "llamacpp");
    ObjectNode meta = model.putObject("meta").put("vocab_type", 2).put("n_vocab", 151_936);
    meta.put("n_ctx_train", 262_144)
        .put("n_embd", 2_560)
        .put("n_params", spec.model().parameters());
    meta.put("size", 4_274_401_280L);
    return Json.answer(told);
  }

  private Answer props() {
    ObjectNode told = Json.object();
    told.putObject("default_generation_settings").put("n_ctx", spec.model().contextLength());
    told.put("total_slots", spec.slots()).put("model_alias", spec.model().name());
    told.put("model_path", "/models/" + spec.model().source()).put("build_info", spec.version());
    told.putObject("modalities").put("vision", false).put("audio", false);
    return Json.answer(told);
  }

  private Answer slots() {
    ArrayNode told = Json.array();
    for (int i = 0; i < spec.slots(); i++) {
      boolean isBusy = i < server.running().size();
      ObjectNode slot = told.addObject().put("id", i).put("n_ctx", spec.model().contextLength());
      slot.put("is_processing", isBusy);
      if (!isBusy) continue;
      SimRequest request = server.running().get(i);
      slot.put("id_task", request.number());
      int done = request.generated(world.nowUs());
      ObjectNode next = slot.putArray("next_token").addObject();
      next.put("n_decoded", done).put("n_remain", request.maxTokens() - done);
    }
    return Json.answer(told);
  }
}
