package io.oriel.simulate.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oriel.simulate.http.Answer;
import io.oriel.simulate.http.Question;
import io.oriel.simulate.world.Caller.Habit;
import io.oriel.simulate.world.Run;
import io.oriel.simulate.world.SimRequest;
import io.oriel.simulate.world.World;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Observations: a run is the root of a trace, each of its requests a generation below it. */
final class LangfuseObservations {
  private static final int MOST_ROWS = 1_000;
  private static final int MOST_SCORES = 100;
  private static final String SCORE = "helpfulness";
  private static final long LATE_US = 20_000_000; // what just ended is still in the queue

  private final World world;
  private final Ledger ledger;

  LangfuseObservations(World world, Ledger ledger) {
    this.world = world;
    this.ledger = ledger;
  }

  private List<Observation> all(long fromUs, long toUs) {
    long settled = world.nowUs() - LATE_US;
    var found = new ArrayList<Observation>();
    for (SimRequest each : ledger.requests(fromUs, toUs)) {
      if (each.endedUs() <= settled) found.add(new Observation(each.run(), each));
    }
    for (Run each : ledger.runs(fromUs, toUs)) {
      if (each.endedUs() <= settled) found.add(new Observation(each, null));
    }
    found.sort(Comparator.comparingLong(Observation::startUs).reversed());
    return found;
  }

  static long time(String told, long otherwise) {
    try {
      return told.isEmpty() ? otherwise : Instant.parse(told).toEpochMilli() * 1000;
    } catch (DateTimeParseException e) {
      return otherwise;
    }
  }

  Answer list(Question question) {
    int limit = question.number("limit", 50);
    if (limit < 1 || limit > MOST_ROWS) {
      return Answer.json(400, "{\"message\":\"limit must be between 1 and 1000\"}");
    }
    long from = time(question.parameter("fromStartTime"), 0);
    long to = time(question.parameter("toStartTime"), Long.MAX_VALUE);
    List<Observation> found = all(from, to);
    found.removeIf(each -> !matches(each, question));
    int skip = Math.max(0, skip(question.parameter("cursor")));
    ObjectNode told = Json.object();
    ArrayNode data = told.putArray("data");
    found.stream()
        .skip(skip)
        .limit(limit)
        .forEach(each -> data.add(each.row(question.parameter("fields"))));
    ObjectNode meta = told.putObject("meta");
    if (skip + limit < found.size()) meta.put("cursor", "c" + (skip + limit));
    return Json.answer(told);
  }

  private static int skip(String cursor) {
    try {
      return cursor.length() < 2 ? 0 : Integer.parseInt(cursor.substring(1));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static boolean matches(Observation each, Question question) {
    String root = question.parameter("isRootObservation");
    return (root.isEmpty() || each.isRoot() == Boolean.parseBoolean(root))
        && is(question, "type", each.type())
        && is(question, "name", each.name())
        && is(question, "level", each.level())
        && is(question, "userId", each.run().user())
        && is(question, "sessionId", each.run().session())
        && is(question, "traceId", each.run().id())
        && is(question, "environment", "production");
  }

  private static boolean is(Question question, String name, String value) {
    String wanted = question.parameter(name);
    return wanted.isEmpty() || wanted.equals(value);
  }

  Answer metrics(Question question) {
    JsonNode query;
    try {
      query = Json.MAPPER.readTree(question.parameter("query"));
    } catch (JsonProcessingException e) {
      return Answer.json(400, "{\"message\":\"query is no JSON\"}");
    }
    if (query.path("view").asText().equals("scores-numeric")) return scoreMetrics(query);
    if (!query.path("view").asText().equals("observations")) {
      return Json.answer(Json.object().set("data", Json.array()));
    }
    for (JsonNode each : query.path("dimensions")) {
      if (LangfuseMetrics.isRefused(each.path("field").asText())) {
        return Answer.json(400, "{\"message\":\"High cardinality dimensions are not supported\"}");
      }
    }
    long from = time(query.path("fromTimestamp").asText(), 0);
    long to = time(query.path("toTimestamp").asText(), Long.MAX_VALUE);
    return Json.answer(Json.object().set("data", LangfuseMetrics.answer(query, all(from, to))));
  }

  /** The figures of the one kind of score that there is. */
  private Answer scoreMetrics(JsonNode query) {
    long from = time(query.path("fromTimestamp").asText(), 0);
    long to = time(query.path("toTimestamp").asText(), Long.MAX_VALUE);
    double[] values =
        all(from, to).stream()
            .filter(LangfuseObservations::isScored)
            .mapToDouble(LangfuseObservations::score)
            .sorted()
            .toArray();
    ObjectNode key = Json.object();
    for (JsonNode each : query.path("dimensions")) {
      boolean isName = each.path("field").asText().equals("name");
      key.put(each.path("field").asText(), isName ? SCORE : "");
    }
    ArrayNode data = Json.array();
    if (values.length > 0) data.add(LangfuseMetrics.row(key, query, _ -> values));
    return Json.answer(Json.object().set("data", data));
  }

  private static boolean isScored(Observation each) {
    return each.isRoot() && each.run().caller().habit() == Habit.CHAT;
  }

  private static double score(Observation each) {
    return each.run().hasFailed() ? 0.0 : 0.6 + 0.05 * (each.run().number() % 8);
  }

  /** A score a run of a person's conversation: whether it went well. */
  Answer scores(Question question) {
    int limit = question.number("limit", 50);
    if (limit < 1 || limit > MOST_SCORES) {
      return Answer.json(400, "{\"message\":\"limit must be between 1 and 100\"}");
    }
    ObjectNode told = Json.object();
    ArrayNode data = told.putArray("data");
    for (Observation each : all(time(question.parameter("fromTimestamp"), 0), Long.MAX_VALUE)) {
      if (!isScored(each) || data.size() >= limit) continue;
      ObjectNode score = data.addObject().put("id", "score-" + each.run().number());
      score.put("traceId", each.run().id()).put("name", SCORE).put("dataType", "NUMERIC");
      score.put("value", score(each));
      score.put("source", "API").put("timestamp", Json.time(each.endUs()));
      score.put("environment", "production").put("projectId", Langfuse.PROJECT);
      score.put("createdAt", Json.time(each.endUs())).put("updatedAt", Json.time(each.endUs()));
    }
    told.putObject("meta").put("limit", limit);
    return Json.answer(told);
  }
}
