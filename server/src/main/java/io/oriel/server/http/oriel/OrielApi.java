package io.oriel.server.http.oriel;

import io.oriel.promql.explain.Part;
import io.oriel.server.http.Answer;
import io.oriel.server.http.JsonOut;
import io.oriel.server.http.Route;
import io.oriel.server.http.ServerFacts;
import io.oriel.server.http.Targets;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The door: what Oriel's pages ask beside Prometheus' API. */
public final class OrielApi {
  private static final String BASE = "/api/v1/oriel/";

  /**
   * What the API asks.
   *
   * @param url where the pages are, as this process knows it
   * @param collectors names of the collectors that run
   * @param words the functions, aggregations and operators of PromQL
   * @param explain from a query to what it asks, in words
   */
  public record Parts(
      ServerFacts facts,
      Supplier<String> url,
      Supplier<List<String>> collectors,
      Supplier<SelfCost> self,
      Targets targets,
      Supplier<List<IntakeCount>> intake,
      Supplier<List<QueryWord>> words,
      Function<String, Part> explain) {}

  /** What Oriel costs on its machine now, and what it takes in. */
  public record SelfCost(
      double cpuCores, long residentBytes, long heapBytes, long series, double samplesPerSecond) {}

  /** How many samples intake refused for a reason since the start. */
  public record IntakeCount(String reason, String words, long count) {}

  /**
   * One word of PromQL, for completion and help.
   *
   * @param kind function, aggregation or operator
   * @param signature as documentation shows it: {@code rate(range vector) instant vector}
   * @param takes the types of the arguments as the API names them
   * @param returns the type as the API names it; of an operator, the usual one
   */
  public record QueryWord(
      String kind,
      String name,
      String signature,
      List<String> takes,
      String returns,
      boolean experimental,
      String doc,
      String example) {}

  private final Parts parts;

  private OrielApi(Parts parts) {
    this.parts = parts;
  }

  public static List<Route> routes(Parts parts) {
    var api = new OrielApi(parts);
    var targets = new TargetsView(parts.targets(), parts.intake(), parts.facts());
    return List.of(
        Route.get(BASE + "about", "This Oriel: version, machine, start", _ -> api.about()),
        Route.get(BASE + "self", "What Oriel itself costs now", _ -> api.self()),
        Route.get(
            BASE + "engine",
            "How it stands with the metrics engine in the store's place; null without one",
            _ -> api.engine()),
        Route.get(BASE + "targets", "All that is watched, and how it is", _ -> targets.answer()),
        Route.get(
            BASE + "functions",
            "The functions, aggregations and operators of PromQL",
            _ -> api.functions()),
        Route.getOrPost(
            BASE + "explain",
            "What a query asks, in words",
            call -> ExplainView.answer(call.required("query"), parts.explain())));
  }

  private Answer about() {
    ServerFacts facts = parts.facts();
    Optional<String> engine = facts.engineUrl();
    return Answer.json(out -> {
      out.object()
          .field("version", facts.version())
          .field("host", facts.host())
          .field("startedMs", facts.startedMs())
          .field("baseUrl", parts.url().get())
          .field("retentionMs", facts.retentionMs())
          .field("cores", Runtime.getRuntime().availableProcessors())
          .field("collectors", parts.collectors().get())
          .field("now", facts.nowMs())
          .name("engine");
      if (engine.isPresent()) out.value(engine.get());
      else out.nothing();
      out.end();
    });
  }

  private Answer engine() {
    Optional<ServerFacts.Engine> engine = parts.facts().engine();
    return Answer.json(out -> {
      if (engine.isPresent()) write(out, engine.get());
      else out.nothing();
    });
  }

  private static void write(JsonOut out, ServerFacts.Engine engine) throws IOException {
    out.object()
        .field("url", engine.url())
        .field("state", engine.state())
        .field("sinceMs", engine.sinceMs())
        .field("answers", engine.answers())
        .field("takes", engine.takes())
        .field("why", engine.why())
        .field("pendingBytes", engine.pendingBytes())
        .field("mostBytes", engine.mostBytes())
        .field("lagMs", engine.lagMs())
        .field("lost", engine.lost())
        .end();
  }

  private Answer self() {
    SelfCost self = parts.self().get();
    return Answer.json(out ->
        out.object()
            .field("cpuCores", self.cpuCores())
            .field("residentBytes", self.residentBytes())
            .field("heapBytes", self.heapBytes())
            .field("series", self.series())
            .field("samplesPerSecond", self.samplesPerSecond())
            .end());
  }

  private Answer functions() {
    return Answer.json(out -> {
      out.array();
      for (QueryWord each : parts.words().get()) {
        out.object()
            .field("kind", each.kind())
            .field("name", each.name())
            .field("signature", each.signature())
            .field("takes", each.takes())
            .field("returns", each.returns())
            .field("experimental", each.experimental())
            .field("doc", each.doc())
            .field("example", each.example())
            .end();
      }
      out.end();
    });
  }
}
