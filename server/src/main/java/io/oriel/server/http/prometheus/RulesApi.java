package io.oriel.server.http.prometheus;

import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.Route;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Rules and alerts. None are evaluated yet, and that is what is answered. */
final class RulesApi {
  private static final Set<String> TRUTHS =
      Set.of("", "1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False");

  private final Language language;

  RulesApi(Language language) {
    this.language = language;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/rules", "Rules; none are evaluated yet", this::rules),
        Route.get("/api/v1/alerts", "Alerts; none are evaluated yet", _ -> empty("alerts")),
        Route.get("/api/v1/alertmanagers", "Alertmanagers; none yet", _ -> alertmanagers()));
  }

  /** Wrong parameters are refused, so that nobody finds out on the day when there are rules. */
  private Answer rules(Call call) {
    Params.selections(call, language);
    String type = call.param("type").orElse("").toLowerCase(Locale.ROOT);
    if (!Set.of("", "alert", "record").contains(type)) {
      throw ApiTime.wrong("type", "not supported value \"" + type + "\"");
    }
    String exclude = call.param("exclude_alerts").orElse("");
    if (!TRUTHS.contains(exclude)) {
      throw ApiTime.wrong(
          "exclude_alerts",
          "error converting exclude_alerts: strconv.ParseBool: parsing \"%s\": invalid syntax"
              .formatted(exclude.toLowerCase(Locale.ROOT)));
    }
    checkPage(call);
    return empty("groups");
  }

  private static void checkPage(Call call) {
    String limit = call.param("group_limit").orElse("");
    boolean next = call.param("group_next_token").isPresent();
    if (next && limit.isEmpty()) {
      throw ApiTime.wrong(
          "group_next_token",
          "group_limit needs to be present in order to paginate over the groups");
    }
    if (!limit.isEmpty()) {
      if (!limit.matches("[+-]?[0-9]{1,9}")) {
        throw ApiTime.wrong(
            "group_limit",
            "group_limit needs to be a valid number: strconv.ParseInt: parsing \"%s\": %s"
                .formatted(limit, "invalid syntax"));
      }
      if (Integer.parseInt(limit) <= 0) {
        throw ApiTime.wrong("group_limit", "group_limit needs to be greater than 0");
      }
    }
    if (next) {
      throw ApiTime.wrong(
          "group_next_token",
          "invalid group_next_token '%s'. were rule groups changed?"
              .formatted(call.required("group_next_token")));
    }
  }

  private static Answer empty(String list) {
    return ResultJson.success(out -> out.object().name(list).array().end().end());
  }

  private static Answer alertmanagers() {
    return ResultJson.success(out ->
        out.object()
            .field("activeAlertmanagers", List.of())
            .field("droppedAlertmanagers", List.of())
            .end());
  }
}
