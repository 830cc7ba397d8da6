package io.oriel.server.http.oriel;

import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.JsonOut;
import io.oriel.server.http.Route;
import io.oriel.server.http.ServerFacts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What fills the head of the metrics store, as data: metrics, labels, pairs, jobs, churn. */
public final class CardinalityView {
  private static final int ROWS = 20;
  private static final int MOST_ROWS = 1_000;

  private final ServerFacts facts;

  private CardinalityView(ServerFacts facts) {
    this.facts = facts;
  }

  public static Route route(ServerFacts facts) {
    var view = new CardinalityView(facts);
    return Route.get(
        "/api/v1/oriel/cardinality", "What fills the metrics store's head", view::answer);
  }

  private Answer answer(Call call) {
    int rows = RowLimit.of(call, ROWS, MOST_ROWS);
    ServerFacts.Head head = facts.head(rows);
    Optional<String> engine = facts.engineUrl();
    return Answer.json(out -> {
      out.object().field("series", head.series()).field("labelPairs", head.labelPairs());
      table(out, "metrics", head.seriesByMetric());
      table(out, "labels", head.valuesByLabel());
      table(out, "pairs", head.seriesByPair());
      if (engine.isPresent()) out.field("engine", engine.get());
      else writeOwn(out, rows);
      out.end();
    });
  }

  /** What an engine in the store's place does not tell: jobs and their budgets, churn. */
  private void writeOwn(JsonOut out, int rows) throws IOException {
    out.name("jobs").array();
    for (ServerFacts.Job job : facts.jobs(rows)) write(out, job);
    ServerFacts.Churn churn = facts.churn();
    out.end()
        .name("churn")
        .object()
        .field("created", churn.created())
        .field("removed", churn.removed())
        .end();
  }

  private static void table(JsonOut out, String name, List<ServerFacts.Row> rows)
      throws IOException {
    out.name(name).array();
    for (ServerFacts.Row row : rows) {
      out.object().field("name", row.name()).field("count", row.count()).end();
    }
    out.end();
  }

  private static void write(JsonOut out, ServerFacts.Job job) throws IOException {
    out.object()
        .field("job", job.name())
        .field("series", job.series())
        .field("warnAt", job.warnAt())
        .field("budget", job.budget())
        .field("refused", job.refused())
        .field("created", job.created());
    if (job.growingLabel().isEmpty()) out.name("growing").nothing();
    else {
      out.name("growing")
          .object()
          .field("label", job.growingLabel())
          .field("newValues", job.newValues())
          .end();
    }
    out.end();
  }
}
