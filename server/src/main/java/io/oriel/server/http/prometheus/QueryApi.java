package io.oriel.server.http.prometheus;

import io.oriel.model.Clock;
import io.oriel.model.backend.MetricQueries;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.backend.SelectHints;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.expr.Expr;
import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.Route;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;

/** Queries: at one moment, over a range, and how one is written well. */
final class QueryApi {
  private final MetricQueries queries;
  private final Language language;
  private final QueryGate gate;
  private final Limits limits;
  private final Clock clock;

  QueryApi(MetricQueries queries, Language language, QueryGate gate, Limits limits, Clock clock) {
    this.queries = queries;
    this.language = language;
    this.gate = gate;
    this.limits = limits;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.getOrPost("/api/v1/query", "The value of an expression at one moment", this::instant),
        Route.getOrPost(
            "/api/v1/query_range", "The values of an expression over time", this::range),
        Route.getOrPost("/api/v1/format_query", "An expression, laid out to be read", this::format),
        Route.getOrPost("/api/v1/parse_query", "The tree of an expression", this::parse));
  }

  private Answer instant(Call call) {
    int limit = Params.limit(call);
    long at = ApiTime.time(call, "time", clock.millis());
    QueryOptions options = options(call);
    String query = call.param("query").orElse("");
    return gate.answer(
        call,
        query.hashCode(),
        options,
        given -> ofQuery(() -> queries.instant(query, at, given)),
        answer -> ResultJson.answer(answer, limit, call.param("stats").orElse("")));
  }

  private Answer range(Call call) {
    int limit = Params.limit(call);
    long start = ApiTime.requiredTime(call, "start");
    long end = ApiTime.requiredTime(call, "end");
    if (end < start) {
      throw ApiTime.wrong("end", "end timestamp must not be before start time");
    }
    long step = ApiTime.requiredDuration(call, "step").toMillis();
    if (step <= 0) {
      throw ApiTime.wrong(
          "step",
          "zero or negative query resolution step widths are not accepted. Try a positive integer");
    }
    refuseTooFine(start, end, step);
    QueryOptions options = options(call);
    String query = call.param("query").orElse("");
    return gate.answer(
        call,
        Objects.hash(query, end - start, step),
        options,
        given -> ofQuery(() -> queries.range(query, start, end, step, given)),
        answer -> ResultJson.answer(answer, limit, call.param("stats").orElse("")));
  }

  private void refuseTooFine(long start, long end, long step) {
    long allowed = limits.of(Limit.QUERY_STEPS);
    long span = end - start;
    if (span < 0 || span / step > allowed) { // below zero: more than a long holds
      throw new Refusal.BadQuery(
          String.format(
              Locale.ROOT,
              "exceeded maximum resolution of %,d points per timeseries."
                  + " Try decreasing the query resolution (?step=XX)",
              allowed));
    }
  }

  private QueryOptions options(Call call) {
    Duration most = Duration.ofSeconds(limits.of(Limit.QUERY_SECONDS));
    Duration asked = ApiTime.duration(call, "timeout").orElse(most);
    return QueryOptions.DEFAULT
        .withTimeout(asked.compareTo(most) < 0 ? asked : most)
        .withLookback(lookback(call))
        .withPerStep(call.param("stats").orElse("").equals("all"))
        .withCoarsest(coarsest(call));
  }

  /** The parameter is that of Thanos, which its clients send; Prometheus' own know none. */
  private static long coarsest(Call call) {
    String written = call.param("max_source_resolution").orElse("auto");
    if (written.isEmpty() || written.equals("auto")) return SelectHints.ANY_RESOLUTION;
    return ApiTime.duration(call, "max_source_resolution").orElse(Duration.ZERO).toMillis();
  }

  private static Duration lookback(Call call) {
    try {
      return ApiTime.duration(call, "lookback_delta").orElse(Duration.ZERO);
    } catch (Refusal.BadQuery bad) {
      String why = String.valueOf(bad.getMessage()).replaceFirst("^invalid parameter [^:]*: ", "");
      throw new Refusal.BadQuery("error parsing lookback delta duration: " + why);
    }
  }

  private Answer parse(Call call) {
    String query = call.param("query").orElse("");
    Expr tree = ofQuery(() -> language.tree(query));
    return ResultJson.success(out -> TreeJson.write(out, tree));
  }

  private Answer format(Call call) {
    String query = call.param("query").orElse("");
    String formatted = ofQuery(() -> language.format(query));
    return ResultJson.success(out -> out.value(formatted));
  }

  /** A query that does not parse is a wrong parameter to this API. */
  private static <T> T ofQuery(Supplier<T> asked) {
    try {
      return asked.get();
    } catch (Refusal.BadQuery bad) {
      throw ApiTime.wrong("query", String.valueOf(bad.getMessage()));
    }
  }
}
