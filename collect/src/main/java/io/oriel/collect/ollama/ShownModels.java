package io.oriel.collect.ollama;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.peer.Peer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is shown of each stored model, asked once: a model with the same digest is the same. */
final class ShownModels {
  private static final int ASKED_AT_ONCE = 8; // the rest the next time: each reads a file's head

  private final Map<String, Shown> byDigest = new HashMap<>();

  /**
   * Asks for those that were not asked for yet.
   *
   * @return whether there were any
   */
  boolean learn(Peer peer, List<StoredModel> stored) throws CollectorFailure, InterruptedException {
    byDigest
        .keySet()
        .retainAll(stored.stream().map(StoredModel::digest).collect(Collectors.toSet()));
    int asked = 0;
    for (StoredModel each : stored) {
      if (byDigest.containsKey(each.digest()) || asked == ASKED_AT_ONCE) continue;
      byDigest.put(each.digest(), ask(peer, each.name()));
      asked++;
    }
    return asked > 0;
  }

  private static Shown ask(Peer peer, String name) throws CollectorFailure, InterruptedException {
    String question = JsonNodeFactory.instance.objectNode().put("model", name).toString();
    try {
      return Shown.of(peer.post("/api/show", question));
    } catch (CollectorFailure e) {
      if (e.status() == 0) throw e; // Ollama itself is gone
      return Shown.NOTHING;
    }
  }

  Shown of(StoredModel model) {
    return byDigest.getOrDefault(model.digest(), Shown.NOTHING);
  }
}
