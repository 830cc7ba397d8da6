package io.oriel.server.http.prometheus;

import io.oriel.model.Exemplar;
import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.ExemplarSource;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.expr.Expr;
import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.JsonOut;
import io.oriel.server.http.Route;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Exemplars of the series that an expression reads. */
final class ExemplarApi {
  private final ExemplarSource source;
  private final Language language;

  ExemplarApi(ExemplarSource source, Language language) {
    this.source = source;
    this.language = language;
  }

  List<Route> routes() {
    return List.of(
        Route.getOrPost(
            "/api/v1/query_exemplars", "Exemplars of the series of an expression", this::answer));
  }

  private Answer answer(Call call) {
    long start = ApiTime.time(call, "start", Long.MIN_VALUE);
    long end = ApiTime.time(call, "end", Long.MAX_VALUE);
    if (end < start) {
      throw new Refusal.BadQuery("end timestamp must not be before start timestamp");
    }
    var selections = new ArrayList<List<Matcher>>();
    collect(language.tree(call.param("query").orElse("")), selections);
    if (selections.isEmpty()) return Answer.empty(204); // it reads no series
    var found = source.exemplars(selections, new TimeRange(start, end));
    return ResultJson.success(out -> {
      out.array();
      for (ExemplarSource.OfSeries each : found) write(out, each);
      out.end();
    });
  }

  /** Adds the matchers of each selector in the tree. */
  private static void collect(Expr expr, List<List<Matcher>> into) {
    switch (expr) {
      case Expr.Constant _, Expr.Text _ -> {}
      case Expr.Bracketed(Expr inner, _) -> collect(inner, into);
      case Expr.Signed(_, Expr operand, _) -> collect(operand, into);
      case Expr.Binary binary -> {
        collect(binary.left(), into);
        collect(binary.right(), into);
      }
      case Expr.Call call -> call.arguments().forEach(each -> collect(each, into));
      case Expr.Aggregate aggregate -> {
        Expr parameter = aggregate.parameter();
        if (parameter != null) collect(parameter, into);
        collect(aggregate.operand(), into);
      }
      case Expr.Selector selector -> into.add(selector.matchers());
      case Expr.Range range -> into.add(range.selector().matchers());
      case Expr.Subquery subquery -> collect(subquery.inner(), into);
    }
  }

  private static void write(JsonOut out, ExemplarSource.OfSeries of) throws IOException {
    out.object().name("seriesLabels");
    ResultJson.labels(out, of.series());
    out.name("exemplars").array();
    for (Exemplar each : of.exemplars()) {
      out.object().name("labels");
      ResultJson.labels(out, each.labels());
      out.name("value").number(each.value()).name("timestamp").seconds(each.timeMs()).end();
    }
    out.end().end();
  }
}
