package io.oriel.server.http.prometheus;

import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import io.oriel.model.limit.Refusal;
import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.Route;
import java.util.List;

/** Health, reload, and what only an administrator may ask. */
final class AdminApi {
  private final Administration administration;
  private final Language language;

  AdminApi(Administration administration, Language language) {
    this.administration = administration;
    this.language = language;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/-/healthy", "Whether the process lives", _ -> line("Oriel is healthy.")),
        Route.get("/-/ready", "Whether queries are answered", _ -> ready()),
        Route.change("/-/reload", "Reads the configuration again", _ -> reload()).errorsInText(),
        Route.change(
            "/api/v1/admin/tsdb/snapshot", "A copy of the metrics on disk", this::snapshot),
        Route.change("/api/v1/admin/tsdb/delete_series", "Deletes samples", this::delete),
        Route.change(
            "/api/v1/admin/tsdb/clean_tombstones",
            "Takes what is deleted off the disk",
            _ -> clean()));
  }

  private Answer ready() {
    if (!administration.ready()) return Answer.text(503, "Oriel is starting.\n");
    String trouble = administration.trouble();
    return trouble.isEmpty() ? line("Oriel is ready.") : Answer.text(503, trouble + "\n");
  }

  private static Answer line(String sentence) {
    return Answer.text(sentence + "\n");
  }

  private Answer reload() {
    try {
      administration.reload();
    } catch (Refusal.CannotStart wrong) {
      return Answer.text(500, "failed to reload config: " + wrong.getMessage() + "\n");
    }
    return Answer.empty(200);
  }

  private Answer snapshot(Call call) throws Exception {
    checkEnabled();
    String name = administration.snapshot(skipHead(call));
    return ResultJson.success(out -> out.object().field("name", name).end());
  }

  private void checkEnabled() {
    if (administration.enabled()) return;
    throw new Refusal.Denied(
        "the admin API is switched off", "start Oriel with --enable-admin-api to allow it");
  }

  private Answer delete(Call call) throws Exception {
    checkEnabled();
    if (call.params("match[]").isEmpty()) {
      throw new Refusal.BadQuery("no match[] parameter provided");
    }
    long start = ApiTime.time(call, "start", Long.MIN_VALUE);
    long end = ApiTime.time(call, "end", Long.MAX_VALUE);
    List<List<Matcher>> selections = selections(call);
    if (start <= end) administration.delete(selections, new TimeRange(start, end));
    return Answer.empty(204);
  }

  private List<List<Matcher>> selections(Call call) {
    try {
      return Params.selections(call, language);
    } catch (Refusal.BadQuery bad) {
      throw ApiTime.wrong("match[]", String.valueOf(bad.getMessage()));
    }
  }

  private Answer clean() throws Exception {
    checkEnabled();
    administration.cleanTombstones();
    return Answer.empty(204);
  }

  /** As Go reads a truth; Prometheus refuses what is none in these words. */
  private static boolean skipHead(Call call) {
    String text = call.param("skip_head").orElse("");
    return switch (text) {
      case "", "0", "f", "F", "false", "False", "FALSE" -> false;
      case "1", "t", "T", "true", "True", "TRUE" -> true;
      default ->
          throw new Refusal.BadQuery(
              "invalid parameter \"skip_head\": unable to parse boolean \"" + text + "\"");
    };
  }
}
