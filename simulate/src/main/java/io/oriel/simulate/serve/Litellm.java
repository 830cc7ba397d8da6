package io.oriel.simulate.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oriel.simulate.http.Answer;
import io.oriel.simulate.http.Answering;
import io.oriel.simulate.http.Question;
import io.oriel.simulate.world.Caller;
import io.oriel.simulate.world.Failure;
import io.oriel.simulate.world.Fleet;
import io.oriel.simulate.world.ModelServer;
import io.oriel.simulate.world.ModelSpec;
import io.oriel.simulate.world.ServerSpec;
import io.oriel.simulate.world.World;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/** LiteLLM's proxy: its page of metrics and the part of its admin API that collectors read. */
final class Litellm implements Answering {
  static final String KEY = "sk-simulated-viewer";
  private static final String VERSION = "1.95.0";
  private static final long CREATED = 1_677_610_602; // a constant of LiteLLM's

  private final World world;
  private final LitellmPage page;
  private final LitellmSpend spend;

  Litellm(World world, Ledger ledger) {
    this.world = world;
    this.page = new LitellmPage(world);
    this.spend = new LitellmSpend(world, ledger);
  }

  int series() {
    return page.size();
  }

  @Override
  public Answer answer(Question question) {
    if (!world.daemon().container("litellm").isRunning()) return Answer.NOBODY;
    String path = question.path();
    if (path.equals("/health/liveliness") || path.equals("/health/liveness")) {
      return Answer.json(200, "\"I'm alive!\"");
    }
    if (path.equals("/health/readiness")) return readiness();
    boolean isAllowed = question.trusted() || question.authorization().equals("Bearer " + KEY);
    if (!isAllowed) {
      return Answer.json(
          401,
          "{\"error\":{\"message\":\"Authentication Error, No api key passed in.\",\"type\":\"auth_error\",\"param\":\"None\",\"code\":\"401\"}}");
    }
    return switch (path) {
      case "/health/readiness/details" -> readiness();
      case "/metrics", "/metrics/" -> Answer.metrics(page.toBytes());
      case "/v1/models", "/models" -> models();
      case "/v1/model/info", "/model/info", "/v2/model/info" -> modelInfo();
      case "/model_group/info" -> groups();
      case "/health" -> health();
      case "/health/backlog" -> Json.answer(Json.object().put("in_flight_requests", inFlight()));
      default -> spend.answer(question);
    };
  }

  private int inFlight() {
    int count = 0;
    for (ModelServer each : world.servers()) count += each.running().size() + each.waiting();
    return count;
  }

  private static Answer readiness() {
    ObjectNode told = Json.object().put("status", "healthy").put("db", "connected");
    told.put("cache", "redis").put("litellm_version", VERSION);
    told.putArray("success_callbacks").add("langfuse_otel").add("prometheus");
    told.put("use_aiohttp_transport", true).put("log_level", "INFO");
    return Json.answer(told.put("is_detailed_debug", false));
  }

  private static Answer models() {
    ObjectNode told = Json.object();
    ArrayNode data = told.putArray("data");
    for (ServerSpec each : Fleet.SERVERS) {
      ObjectNode model = data.addObject().put("id", each.model().name());
      model.put("object", "model").put("created", CREATED).put("owned_by", "openai");
    }
    return Json.answer(told.put("object", "list"));
  }

  private static Answer modelInfo() {
    ObjectNode told = Json.object();
    ArrayNode data = told.putArray("data");
    for (ServerSpec each : Fleet.SERVERS) data.add(deployment(each));
    int count = Fleet.SERVERS.size();
    told.put("total_count", count).put("current_page", 1).put("total_pages", 1).put("size", count);
    return Json.answer(told);
  }

  private static ObjectNode deployment(ServerSpec server) {
    ModelSpec model = server.model();
    ObjectNode told = Json.object().put("model_name", model.name());
    ObjectNode params = told.putObject("litellm_params");
    params.put("model", upstreamName(server)).put("api_base", apiBase(server));
    params.put("custom_llm_provider", server.engine().provider());
    ObjectNode info = told.putObject("model_info").put("id", modelId(server));
    info.put("db_model", false).put("mode", model.task().mode());
    info.put("input_cost_per_token", model.inputUsd());
    info.put("output_cost_per_token", model.outputUsd());
    info.put("max_tokens", model.contextLength()).put("max_input_tokens", model.contextLength());
    info.put("litellm_provider", server.engine().provider()).put("key", upstreamName(server));
    boolean isChat = model.task() == ModelSpec.Task.CHAT;
    info.put("supports_function_calling", isChat);
    return told.set("model_info", info.put("supports_vision", model.name().contains("-vl")));
  }

  private static Answer groups() {
    ObjectNode told = Json.object();
    ArrayNode data = told.putArray("data");
    for (ServerSpec each : Fleet.SERVERS) {
      ModelSpec model = each.model();
      ObjectNode group = data.addObject().put("model_group", model.name());
      group.putArray("providers").add(each.engine().provider());
      group.put("mode", model.task().mode()).put("max_input_tokens", model.contextLength());
      group.put("input_cost_per_token", model.inputUsd());
      group.put("output_cost_per_token", model.outputUsd()).putNull("tpm").putNull("rpm");
    }
    return Json.answer(told);
  }

  /** Here it costs nothing; with the real one every call is paid. */
  private Answer health() {
    ObjectNode told = Json.object();
    ArrayNode good = told.putArray("healthy_endpoints");
    ArrayNode bad = told.putArray("unhealthy_endpoints");
    for (ModelServer each : world.servers()) {
      ObjectNode entry = (each.isReady() ? good : bad).addObject();
      entry.put("api_base", apiBase(each.spec())).put("model", upstreamName(each.spec()));
      entry.put("model_id", modelId(each.spec()));
      if (!each.isReady()) {
        entry.put("error", "litellm.InternalServerError: Connection error.");
      }
    }
    told.put("healthy_count", good.size()).put("unhealthy_count", bad.size());
    return Json.answer(told);
  }

  static String upstreamName(ServerSpec server) {
    String name =
        server.engine() == ServerSpec.Engine.VLLM ? server.model().source() : server.model().name();
    return server.engine().provider() + "/" + name;
  }

  static String apiBase(ServerSpec server) {
    return switch (server.engine()) {
      case VLLM -> "http://" + server.container() + ":8000/v1";
      case OLLAMA -> "http://ollama:11434";
      case LLAMA_CPP -> "http://llama-cpp:8080/v1";
    };
  }

  static String modelId(ServerSpec server) {
    return hash("model " + server.model().name());
  }

  static String keyHash(Caller caller) {
    return hash("sk-simulated-" + caller.key());
  }

  static String teamId(Caller caller) {
    byte[] name = caller.team().getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(name).toString();
  }

  static String userId(Caller caller) {
    return "svc-" + caller.key();
  }

  static String clientIp(Caller caller) {
    return "172.20.0." + (40 + Fleet.CALLERS.indexOf(caller));
  }

  static String agent(Caller caller) {
    return switch (caller.habit()) {
      case WORKFLOW -> "n8n";
      case AGENT, EVALUATION -> "OpenAI/Python 2.14.0";
      default -> caller.app() + "/1.0";
    };
  }

  static String route(ServerSpec server) {
    return switch (server.model().task()) {
      case CHAT -> "/v1/chat/completions";
      case EMBEDDING -> "/v1/embeddings";
      case RERANK -> "/v1/rerank";
    };
  }

  static String callType(ServerSpec server) {
    return switch (server.model().task()) {
      case CHAT -> "acompletion";
      case EMBEDDING -> "aembedding";
      case RERANK -> "arerank";
    };
  }

  /** {@code Hosted_vllm.RateLimitError}: the provider's name with a capital, then the class. */
  static String exception(ServerSpec server, Failure failure) {
    String provider = server.engine().provider();
    String capital = provider.substring(0, 1).toUpperCase(Locale.ROOT) + provider.substring(1);
    return capital + "." + failure.kind();
  }

  private static String hash(String text) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
