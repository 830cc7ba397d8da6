package io.oriel.simulate.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oriel.simulate.http.Answer;
import io.oriel.simulate.http.Answering;
import io.oriel.simulate.http.Question;
import io.oriel.simulate.world.ModelServer;
import io.oriel.simulate.world.ModelSpec;
import io.oriel.simulate.world.SimContainer;
import io.oriel.simulate.world.World;

/** A vLLM server. While its model is being loaded it refuses connections, as the real one. */
final class Vllm implements Answering {
  private final ModelServer server;
  private final SimContainer container;
  private final VllmPage page;

  Vllm(World world, ModelServer server) {
    this.server = server;
    this.container = world.daemon().container(server.spec().container());
    this.page = new VllmPage(world, server);
  }

  int series() {
    return page.size();
  }

  @Override
  public Answer answer(Question question) {
    if (!server.isReady()) return Answer.NOBODY;
    return switch (question.path()) {
      case "/metrics", "/metrics/" -> Answer.metrics(page.toBytes());
      case "/health", "/ping" -> Answer.EMPTY;
      case "/version" -> Json.answer(Json.object().put("version", server.spec().version()));
      case "/v1/models" -> models();
      case "/load" -> Json.answer(Json.object().put("server_load", 0)); // counted by an option only
      default -> Answer.NOT_FOUND;
    };
  }

  private Answer models() {
    ModelSpec model = server.spec().model();
    long since = container.startedMs() / 1000;
    ObjectNode list = Json.object().put("object", "list");
    ObjectNode entry = list.putArray("data").addObject();
    entry.put("id", model.name()).put("object", "model").put("created", since);
    entry.put("owned_by", "vllm").put("root", model.source()).putNull("parent");
    entry.put("max_model_len", model.contextLength());
    ObjectNode permission = entry.putArray("permission").addObject();
    permission.put("id", "modelperm-" + container.id().substring(0, 32));
    permission.put("object", "model_permission").put("created", since);
    permission.put("allow_create_engine", false).put("allow_sampling", true);
    permission.put("allow_logprobs", true).put("allow_search_indices", false);
    permission.put("allow_view", true).put("allow_fine_tuning", false);
    permission.put("organization", "*").putNull("group").put("is_blocking", false);
    return Json.answer(list);
  }
}
