package io.oriel.server.http.prometheus;

import io.oriel.model.Clock;
import io.oriel.model.backend.ExemplarSource;
import io.oriel.model.backend.MetricQueries;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.limit.Limits;
import io.oriel.server.http.Route;
import io.oriel.server.http.ServerFacts;
import io.oriel.server.http.Targets;
import java.util.ArrayList;
import java.util.List;

/** The door: Prometheus' API over the parts that answer it. */
public final class PrometheusApi {
  /** The version of Prometheus whose API this is. */
  public static final String SPOKEN_VERSION = "3.5.0";

  /** What the API asks. */
  public record Parts(
      MetricQueries queries,
      MetricSource source,
      ExemplarSource exemplars,
      Language language,
      Targets targets,
      ServerFacts facts,
      Administration administration) {}

  private PrometheusApi() {}

  /** Every call of Prometheus that Oriel answers, one row each. */
  public static List<Route> routes(
      Parts parts, QueryGate gate, ReadGate reads, Limits limits, Clock clock) {
    var routes = new ArrayList<Route>();
    routes.addAll(new QueryApi(parts.queries(), parts.language(), gate, limits, clock).routes());
    routes.addAll(new SeriesApi(parts.source(), parts.language()).routes());
    routes.addAll(new ExemplarApi(parts.exemplars(), parts.language()).routes());
    routes.addAll(new TargetsApi(parts.targets()).routes());
    routes.addAll(new TargetMetadataApi(parts, clock).routes());
    routes.addAll(new RulesApi(parts.language()).routes());
    routes.add(new FederationApi(parts, reads, limits, clock).route());
    routes.add(new ReadApi(parts.source(), parts.facts(), reads, limits).route());
    routes.addAll(new StatusApi(parts.facts()).routes());
    routes.addAll(new AdminApi(parts.administration(), parts.language()).routes());
    return routes;
  }
}
