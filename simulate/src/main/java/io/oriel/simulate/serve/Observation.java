package io.oriel.simulate.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oriel.simulate.world.Failure;
import io.oriel.simulate.world.ModelSpec.Task;
import io.oriel.simulate.world.Run;
import io.oriel.simulate.world.SimRequest;
import org.jspecify.annotations.Nullable;

/**
 * One row of Langfuse's table.
 *
 * @param request null for the root, which is the run itself
 */
record Observation(Run run, @Nullable SimRequest request) {
  boolean isRoot() {
    return request == null;
  }

  long startUs() {
    return request == null ? run.beganUs() : request.createdUs();
  }

  long endUs() {
    return request == null ? run.endedUs() : request.endedUs();
  }

  String id() {
    return request == null
        ? run.id().substring(0, 16)
        : request.id().substring(request.id().length() - 16);
  }

  String type() {
    if (request != null)
      return request.model().task() == Task.EMBEDDING ? "EMBEDDING" : "GENERATION";
    return switch (run.caller().habit()) {
      case AGENT, CODE -> "AGENT";
      case RETRIEVAL, WORKFLOW -> "CHAIN";
      case CHAT, EVALUATION -> "SPAN";
    };
  }

  String name() {
    return request == null ? run.caller().app() : "litellm-" + Litellm.callType(request.server());
  }

  String model() {
    return request == null ? "" : request.model().name();
  }

  String level() {
    boolean failed = request == null ? run.hasFailed() : request.failure() != null;
    return failed ? "ERROR" : "DEFAULT";
  }

  /**
   * What is measured, by Langfuse's names: times in milliseconds.
   *
   * @return NaN for what this one has not
   */
  double measure(String name) {
    if (name.equals("count")) return 1;
    if (name.equals("latency")) return (endUs() - startUs()) / 1000.0;
    if (request == null || request.failure() != null) return Double.NaN;
    double seconds = (request.endedUs() - request.firstTokenUs()) / 1e6;
    return switch (name) {
      case "inputTokens" -> request.promptTokens();
      case "outputTokens" -> request.outputTokens();
      case "totalTokens" -> request.promptTokens() + request.outputTokens();
      case "inputCost" -> request.promptTokens() * request.model().inputUsd();
      case "outputCost" -> request.outputTokens() * request.model().outputUsd();
      case "totalCost" -> request.cost();
      case "timeToFirstToken" -> (request.firstTokenUs() - request.createdUs()) / 1000.0;
      case "outputTokensPerSecond" -> seconds > 0 ? request.outputTokens() / seconds : Double.NaN;
      default -> Double.NaN;
    };
  }

  /**
   * The row.
   *
   * @param fields groups of fields, with commas; empty for core and basic
   */
  ObjectNode row(String fields) {
    ObjectNode told = Json.object().put("id", id()).put("traceId", run.id());
    told.put("startTime", Json.time(startUs())).put("endTime", Json.time(endUs()));
    told.put("projectId", Langfuse.PROJECT).put("type", type());
    if (request == null) told.putNull("parentObservationId");
    else told.put("parentObservationId", run.id().substring(0, 16));
    if (fields.isEmpty() || fields.contains("basic")) basic(told);
    if (fields.contains("time")) time(told);
    if (fields.contains("metrics")) metrics(told);
    if (fields.contains("trace_context")) {
      told.putArray("tags").add(run.caller().team());
      told.putNull("release").put("traceName", run.caller().app());
    }
    if (request == null) return told;
    if (fields.contains("model")) {
      told.put("providedModelName", model()).put("internalModelId", "model-" + model());
      told.putObject("modelParameters").put("max_tokens", request.maxTokens());
    }
    if (fields.contains("usage")) usage(told, request);
    return told;
  }

  private void basic(ObjectNode told) {
    told.put("name", name()).put("level", level()).put("environment", "production");
    Failure failure = request == null ? null : request.failure();
    if (failure == null) told.putNull("statusMessage");
    else told.put("statusMessage", failure.kind() + ": " + failure.message());
    told.putNull("version").put("bookmarked", false).put("public", false);
    told.put("userId", run.user()).put("sessionId", run.session());
    told.put("isRootObservation", isRoot());
  }

  private void time(ObjectNode told) {
    if (request == null || request.firstTokenUs() == 0) told.putNull("completionStartTime");
    else told.put("completionStartTime", Json.time(request.firstTokenUs()));
    told.put("createdAt", Json.time(endUs() + 2_000_000))
        .put("updatedAt", Json.time(endUs() + 5_000_000));
  }

  private void metrics(ObjectNode told) {
    told.put("latency", (endUs() - startUs()) / 1e6);
    if (request == null || request.firstTokenUs() == 0) told.putNull("timeToFirstToken");
    else told.put("timeToFirstToken", (request.firstTokenUs() - request.createdUs()) / 1e6);
  }

  private static void usage(ObjectNode told, SimRequest request) {
    boolean isGood = request.failure() == null;
    int read = isGood ? request.promptTokens() : 0;
    int cached = isGood ? request.cachedTokens() : 0;
    int written = isGood ? request.outputTokens() : 0;
    ObjectNode usage = told.putObject("usageDetails").put("input", read - cached);
    usage.put("input_cached_tokens", cached).put("output", written).put("total", read + written);
    ObjectNode cost = told.putObject("costDetails");
    cost.put("input", read * request.model().inputUsd());
    cost.put("output", written * request.model().outputUsd()).put("total", request.cost());
    told.put("totalCost", request.cost());
  }
}
