package io.oriel.simulate.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oriel.simulate.http.Answer;
import io.oriel.simulate.http.Answering;
import io.oriel.simulate.http.Question;
import io.oriel.simulate.world.ModelServer;
import io.oriel.simulate.world.World;

/**
 * Ollama's API: it has no metrics, only what is loaded and what there is. As its container's
 * environment says, what is loaded is kept: the world's GPU has its process all the time.
 */
final class Ollama implements Answering {
  private static final String NEVER =
      "2318-03-03T16:01:37.6Z"; // as it says of OLLAMA_KEEP_ALIVE=-1
  private static final String OTHER = "qwen3:0.6b"; // there, but nobody asks for it

  private final World world;
  private final ModelServer server;

  Ollama(World world, ModelServer server) {
    this.world = world;
    this.server = server;
  }

  @Override
  public Answer answer(Question question) {
    if (!server.isReady()) return Answer.NOBODY;
    return switch (question.path()) {
      case "/" -> Answer.text(200, "Ollama is running", "text/plain; charset=utf-8");
      case "/api/version" -> Json.answer(Json.object().put("version", server.spec().version()));
      case "/api/ps" -> loaded();
      case "/api/tags" -> models();
      case "/api/show" -> show(question);
      case "/v1/models" -> openAi();
      default -> Answer.text(404, "404 page not found", "text/plain");
    };
  }

  private String name() {
    return server.spec().model().name();
  }

  private Answer loaded() {
    ObjectNode told = Json.object();
    ArrayNode models = told.putArray("models");
    ObjectNode model = describe(models.addObject(), name());
    long size = server.spec().bytesPerGpu() - (600L << 20);
    model.put("size", size).put("size_vram", size);
    model.put("expires_at", NEVER);
    model.put("context_length", server.spec().model().contextLength());
    return Json.answer(told);
  }

  private Answer models() {
    ObjectNode told = Json.object();
    ArrayNode models = told.putArray("models");
    for (String name : new String[] {name(), OTHER}) {
      ObjectNode model = describe(models.addObject(), name);
      model.put("modified_at", Json.time(world.startMs() * 1000 - 864_000_000_000L));
      model.put("size", name.equals(OTHER) ? 522_653_767L : 8_149_190_253L);
      model.putArray("capabilities").add("completion").add("tools");
    }
    return Json.answer(told);
  }

  private static ObjectNode describe(ObjectNode model, String name) {
    boolean isOther = name.equals(OTHER);
    String digest = Integer.toHexString(name.hashCode()).repeat(8);
    model
        .put("name", name)
        .put("model", name)
        .put("digest", "f4031aab".repeat(7) + digest.substring(0, 8));
    ObjectNode details = model.putObject("details").put("parent_model", "").put("format", "gguf");
    String family = isOther ? "qwen3" : "gemma3";
    details.put("family", family).putArray("families").add(family);
    details
        .put("parameter_size", isOther ? "751.63M" : "12.2B")
        .put("quantization_level", "Q4_K_M");
    return model;
  }

  private Answer show(Question question) {
    String asked;
    try {
      asked = Json.MAPPER.readTree(question.text()).path("model").asText();
    } catch (JsonProcessingException e) {
      return Answer.json(400, "{\"error\":\"invalid character in the request\"}");
    }
    boolean isOther = asked.equals(OTHER);
    if (!isOther && !asked.equals(name())) {
      return Answer.json(
          404, "{\"error\":\"model '" + asked.replaceAll("[^\\w:.-]", "") + "' not found\"}");
    }
    String family = isOther ? "qwen3" : "gemma3";
    ObjectNode told = Json.object().put("license", "").put("modelfile", "FROM " + asked);
    told.set("details", describe(Json.object(), asked).path("details"));
    ObjectNode info = told.putObject("model_info").put("general.architecture", family);
    info.put(
        "general.parameter_count", isOther ? 751_632_384L : server.spec().model().parameters());
    info.put(family + ".context_length", isOther ? 40_960 : 131_072);
    info.put(family + ".block_count", isOther ? 28 : 48);
    info.put(family + ".embedding_length", isOther ? 1_024 : 3_840);
    told.putArray("capabilities").add("completion").add("tools");
    return Json.answer(
        told.put("modified_at", Json.time(world.startMs() * 1000 - 864_000_000_000L)));
  }

  private Answer openAi() {
    ObjectNode told = Json.object().put("object", "list");
    ObjectNode model = told.putArray("data").addObject().put("id", name()).put("object", "model");
    model.put("created", world.startMs() / 1000 - 864_000).put("owned_by", "library");
    return Json.answer(told);
  }
}
