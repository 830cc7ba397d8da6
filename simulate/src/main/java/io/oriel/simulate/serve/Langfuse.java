package io.oriel.simulate.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oriel.simulate.http.Answer;
import io.oriel.simulate.http.Answering;
import io.oriel.simulate.http.Question;
import io.oriel.simulate.world.Fleet;
import io.oriel.simulate.world.ModelSpec;
import io.oriel.simulate.world.ServerSpec;
import io.oriel.simulate.world.World;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Langfuse's public API as of version 4: what read the old tables answers 404. */
final class Langfuse implements Answering {
  static final String PUBLIC_KEY = "pk-lf-simulated";
  static final String SECRET_KEY = "sk-lf-simulated";
  static final String VERSION = "4.16.0";
  static final String PROJECT = "simulated-fleet";
  private static final String PREFIX = "/api/public";
  private static final String ALLOWED =
      "Basic "
          + Base64.getEncoder()
              .encodeToString((PUBLIC_KEY + ":" + SECRET_KEY).getBytes(StandardCharsets.UTF_8));
  private static final List<String> GONE =
      List.of(
          "/traces",
          "/observations",
          "/metrics",
          "/sessions",
          "/scores",
          "/v2/scores",
          "/generations",
          "/spans",
          "/events");

  private final World world;
  private final LangfuseObservations observations;

  Langfuse(World world, Ledger ledger) {
    this.world = world;
    this.observations = new LangfuseObservations(world, ledger);
  }

  @Override
  public Answer answer(Question question) {
    if (!world.daemon().container("langfuse-web").isRunning()) return Answer.NOBODY;
    if (!question.path().startsWith(PREFIX)) return Answer.NOT_FOUND;
    String path = question.path().substring(PREFIX.length());
    if (path.equals("/health")) {
      return Json.answer(Json.object().put("status", "OK").put("version", VERSION));
    }
    if (path.equals("/ready")) return Json.answer(Json.object().put("status", "OK"));
    if (isGone(path)) {
      return Answer.json(
          404, "{\"message\":\"This endpoint is not available in events-only mode\"}");
    }
    if (!question.trusted() && !question.authorization().equals(ALLOWED)) {
      return Answer.json(
          401,
          "{\"message\":\"Invalid credentials. Confirm that you've configured the correct host.\"}");
    }
    return switch (path) {
      case "/projects" -> projects();
      case "/v2/observations" -> observations.list(question);
      case "/v2/metrics" -> observations.metrics(question);
      case "/v3/scores" -> observations.scores(question);
      case "/models" -> models();
      default -> Answer.json(404, "{\"message\":\"Not found\"}");
    };
  }

  private static boolean isGone(String path) {
    return GONE.stream().anyMatch(each -> path.equals(each) || path.startsWith(each + "/"));
  }

  private static Answer projects() {
    ObjectNode told = Json.object();
    ObjectNode project = told.putArray("data").addObject().put("id", PROJECT).put("name", "fleet");
    project.putObject("metadata");
    project.putObject("organization").put("id", "org-fleet").put("name", "fleet");
    return Json.answer(told);
  }

  private Answer models() {
    String created = Json.time(world.startMs() * 1000);
    ObjectNode told = Json.object();
    ArrayNode data = told.putArray("data");
    for (ServerSpec each : Fleet.SERVERS) {
      ModelSpec model = each.model();
      ObjectNode entry = data.addObject().put("id", "model-" + data.size());
      entry.put("modelName", model.name()).put("matchPattern", "(?i)^" + model.name() + "$");
      entry.put("unit", "TOKENS").put("inputPrice", model.inputUsd());
      entry.put("outputPrice", model.outputUsd()).putNull("totalPrice");
      entry.putNull("tokenizerId").putNull("tokenizerConfig");
      entry.put("isLangfuseManaged", false).put("createdAt", created);
      ObjectNode prices = entry.putObject("prices");
      prices.putObject("input").put("price", model.inputUsd());
      prices.putObject("output").put("price", model.outputUsd());
      ObjectNode tier = entry.putArray("pricingTiers").addObject();
      tier.put("id", "tier-" + data.size()).put("name", "Standard").put("isDefault", true);
      tier.put("priority", 0).putArray("conditions");
      tier.putObject("prices").put("input", model.inputUsd()).put("output", model.outputUsd());
    }
    int count = data.size();
    ObjectNode meta = told.putObject("meta").put("page", 1).put("limit", 50);
    meta.put("totalItems", count).put("totalPages", 1);
    return Json.answer(told);
  }
}
