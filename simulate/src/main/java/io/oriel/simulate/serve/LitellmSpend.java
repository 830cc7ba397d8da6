package io.oriel.simulate.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oriel.simulate.http.Answer;
import io.oriel.simulate.http.Question;
import io.oriel.simulate.serve.Ledger.Sums;
import io.oriel.simulate.serve.Ledger.Use;
import io.oriel.simulate.world.Caller;
import io.oriel.simulate.world.Failure;
import io.oriel.simulate.world.Fleet;
import io.oriel.simulate.world.SimRequest;
import io.oriel.simulate.world.World;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** LiteLLM's answers about spend, from its database. */
final class LitellmSpend {
  private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("MMM dd", Locale.ROOT);
  private static final long DAY_US = 86_400_000_000L;
  private static final int MOST_ROWS = 1_000;

  private final World world;
  private final Ledger ledger;

  LitellmSpend(World world, Ledger ledger) {
    this.world = world;
    this.ledger = ledger;
  }

  Answer answer(Question question) {
    return switch (question.path()) {
      case "/user/daily/activity",
          "/user/daily/activity/aggregated",
          "/team/daily/activity",
          "/team/daily/activity/aggregated" ->
          daily(question);
      case "/global/activity" -> activity(question);
      case "/global/spend" ->
          Json.answer(Json.object().put("spend", all().spend).putNull("max_budget"));
      case "/spend/logs/v2", "/spend/logs/ui" -> logs(question);
      case "/global/spend/models" -> top(use -> use.model().name(), "model");
      case "/global/spend/keys" -> top(use -> Litellm.keyHash(use.caller()), "api_key");
      case "/key/list" -> keys();
      case "/team/list" -> teams();
      default -> Answer.NOT_FOUND;
    };
  }

  private long today() {
    return world.nowUs() / DAY_US;
  }

  private long day(Question question, String name, long otherwise) {
    try {
      String told = question.parameter(name);
      return LocalDate.parse(told.substring(0, Math.min(10, told.length()))).toEpochDay();
    } catch (DateTimeParseException e) {
      return otherwise;
    }
  }

  private Map<Long, Map<Use, Sums>> days(Question question) {
    long first = day(question, "start_date", today() - 30);
    long last = day(question, "end_date", today());
    return first > last ? Map.of() : ledger.days(first, last);
  }

  private Sums all() {
    var sums = new Sums();
    ledger.days(0, today()).values().forEach(uses -> uses.values().forEach(sums::add));
    return sums;
  }

  private Answer daily(Question question) {
    boolean ofTeams = question.path().startsWith("/team/");
    ObjectNode told = Json.object();
    ArrayNode results = told.putArray("results");
    var total = new Sums();
    days(question)
        .forEach((day, uses) -> {
          ObjectNode result = results.addObject().put("date", LocalDate.ofEpochDay(day).toString());
          var sums = new Sums();
          uses.values().forEach(sums::add);
          total.add(sums);
          result.set("metrics", metrics(sums));
          ObjectNode breakdown = result.putObject("breakdown");
          by(
              uses,
              use -> Litellm.upstreamName(Fleet.server(use.model().name())),
              breakdown.putObject("models"));
          by(uses, use -> use.model().name(), breakdown.putObject("model_groups"));
          by(
              uses,
              use -> Fleet.server(use.model().name()).engine().provider(),
              breakdown.putObject("providers"));
          by(uses, use -> Litellm.keyHash(use.caller()), breakdown.putObject("api_keys"));
          by(
              uses,
              use -> ofTeams ? Litellm.teamId(use.caller()) : Litellm.userId(use.caller()),
              breakdown.putObject("entities"));
          sayAliases(breakdown, ofTeams);
          breakdown.putObject("mcp_servers");
        });
    ObjectNode meta = told.putObject("metadata");
    metrics(total)
        .properties()
        .forEach(each -> meta.set("total_" + each.getKey(), each.getValue()));
    meta.put("page", 1).put("total_pages", 1).put("has_more", false);
    return Json.answer(told);
  }

  /** Keys and teams have a name beside their id; these users have none. */
  private static void sayAliases(ObjectNode breakdown, boolean ofTeams) {
    for (Caller each : Fleet.CALLERS) {
      if (breakdown.path("api_keys").path(Litellm.keyHash(each)).path("metadata")
          instanceof ObjectNode key) {
        key.put("key_alias", each.key()).put("team_id", Litellm.teamId(each));
      }
      if (ofTeams
          && breakdown.path("entities").path(Litellm.teamId(each)).path("metadata")
              instanceof ObjectNode team) {
        team.put("team_alias", each.team());
      }
    }
  }

  private static void by(Map<Use, Sums> uses, Function<Use, String> name, ObjectNode into) {
    var sums = new LinkedHashMap<String, Sums>();
    uses.forEach((use, each) -> sums.computeIfAbsent(name.apply(use), _ -> new Sums()).add(each));
    sums.forEach((key, each) -> {
      ObjectNode entry = into.putObject(key);
      entry.set("metrics", metrics(each));
      entry.putObject("metadata");
      entry.putObject("api_key_breakdown");
    });
  }

  private static ObjectNode metrics(Sums sums) {
    ObjectNode told = Json.object().put("spend", sums.spend);
    told.put("prompt_tokens", sums.prompt).put("completion_tokens", sums.output);
    told.put("total_tokens", sums.prompt + sums.output);
    told.put("cache_read_input_tokens", sums.cached).put("cache_creation_input_tokens", 0);
    told.put("api_requests", sums.good + sums.failed);
    return told.put("successful_requests", sums.good).put("failed_requests", sums.failed);
  }

  private Answer activity(Question question) {
    ObjectNode told = Json.object();
    ArrayNode days = told.putArray("daily_data");
    var total = new Sums();
    days(question)
        .forEach((day, uses) -> {
          var sums = new Sums();
          uses.values().forEach(sums::add);
          total.add(sums);
          ObjectNode entry = days.addObject().put("date", SHORT.format(LocalDate.ofEpochDay(day)));
          entry
              .put("api_requests", sums.good + sums.failed)
              .put("total_tokens", sums.prompt + sums.output);
        });
    told.put("sum_api_requests", total.good + total.failed);
    return Json.answer(told.put("sum_total_tokens", total.prompt + total.output));
  }

  private Answer logs(Question question) {
    long from = day(question, "start_date", 0) * DAY_US;
    long to = (day(question, "end_date", today()) + 1) * DAY_US;
    List<SimRequest> found = ledger.requests(from, to);
    int size = Math.clamp(question.number("page_size", 50), 1, MOST_ROWS);
    int page = Math.max(1, question.number("page", 1));
    ObjectNode told = Json.object();
    ArrayNode data = told.putArray("data");
    long skip = (long) (page - 1) * size;
    found.stream().skip(skip).limit(size).forEach(each -> data.add(row(each)));
    told.put("total", found.size()).put("page", page).put("page_size", size);
    return Json.answer(told.put("total_pages", (found.size() + size - 1) / size));
  }

  private static ObjectNode row(SimRequest request) {
    Caller caller = request.run().caller();
    Failure failure = request.failure();
    ObjectNode told = Json.object().put("request_id", request.id());
    told.put("call_type", Litellm.callType(request.server()))
        .put("api_key", Litellm.keyHash(caller));
    told.put("spend", request.cost());
    boolean isGood = failure == null;
    told.put("prompt_tokens", isGood ? request.promptTokens() : 0);
    told.put("completion_tokens", isGood ? request.outputTokens() : 0);
    told.put("total_tokens", isGood ? request.promptTokens() + request.outputTokens() : 0);
    told.put("startTime", Json.time(request.createdUs()))
        .put("endTime", Json.time(request.endedUs()));
    long first = request.firstTokenUs() == 0 ? request.endedUs() : request.firstTokenUs();
    told.put("completionStartTime", Json.time(first));
    told.put("request_duration_ms", (request.endedUs() - request.createdUs()) / 1000);
    told.put("model", Litellm.upstreamName(request.server()));
    told.put("model_id", Litellm.modelId(request.server()))
        .put("model_group", request.model().name());
    told.put("custom_llm_provider", request.server().engine().provider());
    told.put("api_base", Litellm.apiBase(request.server())).put("user", Litellm.userId(caller));
    told.put("end_user", request.run().user()).put("team_id", Litellm.teamId(caller));
    told.put("session_id", request.run().session()).put("status", isGood ? "success" : "failure");
    told.put("cache_hit", "False").put("requester_ip_address", Litellm.clientIp(caller));
    ObjectNode metadata = told.putObject("metadata").put("user_api_key_alias", caller.key());
    metadata.put("user_api_key_team_alias", caller.team());
    if (failure != null) {
      ObjectNode error = metadata.putObject("error_information");
      error.put("error_class", failure.kind()).put("error_code", String.valueOf(failure.status()));
      error.put("error_message", failure.message());
    }
    return told;
  }

  private Answer top(Function<Use, String> name, String field) {
    var sums = new LinkedHashMap<String, Sums>();
    ledger
        .days(0, today())
        .values()
        .forEach(uses ->
            uses.forEach(
                (use, each) -> sums.computeIfAbsent(name.apply(use), _ -> new Sums()).add(each)));
    ArrayNode told = Json.array();
    sums.entrySet().stream()
        .sorted((a, b) -> Double.compare(b.getValue().spend, a.getValue().spend))
        .limit(50)
        .forEach(each ->
            told.addObject().put(field, each.getKey()).put("total_spend", each.getValue().spend));
    return Json.answer(told);
  }

  private Answer keys() {
    ObjectNode told = Json.object();
    ArrayNode keys = told.putArray("keys");
    for (Caller each : Fleet.CALLERS) {
      ObjectNode key = keys.addObject().put("token", Litellm.keyHash(each));
      key.put("key_alias", each.key()).put("key_name", "sk-...%4.4s".formatted(each.key()));
      key.put("team_id", Litellm.teamId(each)).put("user_id", Litellm.userId(each));
      key.put("spend", spendOf(each)).putNull("max_budget");
    }
    int count = keys.size();
    return Json.answer(told.put("total_count", count).put("current_page", 1).put("total_pages", 1));
  }

  private double spendOf(Caller caller) {
    double spend = 0;
    for (Map<Use, Sums> uses : ledger.days(0, today()).values()) {
      for (Map.Entry<Use, Sums> each : uses.entrySet()) {
        if (each.getKey().caller().equals(caller)) spend += each.getValue().spend;
      }
    }
    return spend;
  }

  private Answer teams() {
    var teams = new LinkedHashMap<String, ObjectNode>();
    for (Caller each : Fleet.CALLERS) {
      ObjectNode team =
          teams.computeIfAbsent(
              each.team(),
              name -> {
                ObjectNode made = Json.object().put("team_id", Litellm.teamId(each));
                return made.put("team_alias", name).put("max_budget", 250.0).put("spend", 0.0);
              });
      team.put("spend", team.path("spend").asDouble() + spendOf(each));
    }
    ArrayNode told = Json.array();
    teams.values().forEach(told::add);
    return Json.answer(told);
  }
}
