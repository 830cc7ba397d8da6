package io.oriel.server.http.prometheus;

import io.oriel.model.limit.Refusal;
import io.oriel.server.http.Answer;
import io.oriel.server.http.Route;
import java.util.List;

/** Health, reload, and what only an administrator may ask. */
final class AdminApi {
  private final Administration administration;

  AdminApi(Administration administration) {
    this.administration = administration;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/-/healthy", "Whether the process lives", _ -> line("Oriel is healthy.")),
        Route.get("/-/ready", "Whether queries are answered", _ -> ready()),
        Route.change("/-/reload", "Reads the configuration again", _ -> reload()),
        Route.change(
            "/api/v1/admin/tsdb/snapshot", "A copy of the metrics on disk", _ -> snapshot()));
  }

  private Answer ready() {
    return administration.ready()
        ? line("Oriel is ready.")
        : Answer.text(503, "Oriel is starting.\n");
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

  private Answer snapshot() throws Exception {
    if (!administration.enabled()) {
      throw new Refusal.Denied(
          "the admin API is switched off", "start Oriel with --enable-admin-api to allow it");
    }
    String name = administration.snapshot();
    return ResultJson.success(out -> out.object().field("name", name).end());
  }
}
