package io.oriel.collect.modelserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.peer.JsonNumber;
import io.oriel.collect.peer.Peer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server says of itself beside its metrics.
 *
 * @param version empty when it does not tell
 * @param models in its order
 */
record Facts(String version, List<ServedModel> models) {
  static final Facts NONE = new Facts("", List.of());
  private static final int MOST_MODELS = 200;

  Facts {
    models = List.copyOf(models);
  }

  /** Asks; what a server of this engine or version does not offer stays empty. */
  static Facts ask(Engine engine, Peer peer) throws InterruptedException {
    return switch (engine) {
      case VLLM -> new Facts(text(peer, "/version", "version"), listed(peer));
      case SGLANG -> new Facts("", listed(peer));
      case TGI -> ofInfo(json(peer, "/info"));
      case TRITON -> NONE; // it tells of itself on another port
      case LLAMA_CPP -> ofProps(json(peer, "/props"), listed(peer));
    };
  }

  /** OpenAI's list, with what vLLM, SGLang and llama.cpp put beside. */
  private static List<ServedModel> listed(Peer peer) throws InterruptedException {
    var models = new ArrayList<ServedModel>();
    for (JsonNode each : json(peer, "/v1/models").path("data")) {
      if (models.size() == MOST_MODELS) break;
      String id = each.path("id").asText();
      if (!id.isEmpty()) {
        JsonNode meta = each.path("meta"); // llama.cpp's
        long madeFor = JsonNumber.whole(meta.path("n_ctx_train"), 0);
        models.add(
            new ServedModel(
                id,
                each.path("root").asText(""),
                each.path("parent").asText(""),
                JsonNumber.whole(each.path("max_model_len"), madeFor),
                madeFor,
                JsonNumber.of(meta.path("n_params"), 0),
                JsonNumber.of(meta.path("size"), 0),
                "",
                ""));
      }
    }
    return models;
  }

  private static Facts ofInfo(JsonNode info) {
    String id = info.path("model_id").asText();
    if (id.isEmpty()) return NONE;
    long context = JsonNumber.whole(info.path("max_total_tokens"), 0);
    String revision = info.path("model_sha").asText("");
    String type = info.path("model_dtype").asText("");
    var model = new ServedModel(id, id, "", context, 0, 0, 0, revision, type);
    return new Facts(info.path("version").asText(), List.of(model));
  }

  private static Facts ofProps(JsonNode props, List<ServedModel> listed) {
    String version = props.path("build_info").asText();
    String path = props.path("model_path").asText();
    String alias = props.path("model_alias").asText();
    JsonNode settings = props.path("default_generation_settings");
    long context = JsonNumber.whole(settings.path("n_ctx"), 0);
    if (alias.isEmpty() && listed.isEmpty()) return new Facts(version, List.of());
    String name = alias.isEmpty() ? listed.getFirst().name() : alias;
    ServedModel known = listed.isEmpty() ? ServedModel.of(name, path, 0) : listed.getFirst();
    var model =
        new ServedModel(
            name, path, "", context, known.madeFor(), known.parameters(), known.bytes(), "", "");
    return new Facts(version, List.of(model));
  }

  private static String text(Peer peer, String path, String field) throws InterruptedException {
    return json(peer, path).path(field).asText();
  }

  private static JsonNode json(Peer peer, String path) throws InterruptedException {
    try {
      return peer.json(path);
    } catch (CollectorFailure e) { // its metrics are what counts; this is an extra
      return MissingNode.getInstance();
    }
  }
}
