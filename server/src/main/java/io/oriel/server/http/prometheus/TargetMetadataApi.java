package io.oriel.server.http.prometheus;

import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.MetricMetadata;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.backend.TargetStatus;
import io.oriel.model.limit.Refusal;
import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.JsonOut;
import io.oriel.server.http.Route;
import io.oriel.server.http.Targets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What targets say of their metrics. The store keeps that by metric; a target is taken to have said
 * it of the metrics that it had lately.
 */
final class TargetMetadataApi {
  private static final Duration LATELY = Duration.ofMinutes(10);
  private static final List<String> SERIES_OF_A_FAMILY =
      List.of("", "_total", "_bucket", "_count", "_sum", "_info", "_created");

  private record Said(Labels target, String metric, MetricMetadata metadata) {}

  private final Targets targets;
  private final MetricSource source;
  private final Language language;
  private final Clock clock;

  TargetMetadataApi(PrometheusApi.Parts parts, Clock clock) {
    this.targets = parts.targets();
    this.source = parts.source();
    this.language = parts.language();
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/targets/metadata", "What targets say of their metrics", this::metadata));
  }

  private Answer metadata(Call call) {
    int limit = Params.number(call, "limit").orElse(-1);
    List<Matcher> wanted = call.param("match_target").map(this::matchers).orElse(List.of());
    String metric = call.param("metric").orElse("");
    Map<String, List<MetricMetadata>> known = source.metadata(metric, 0);
    var said = new ArrayList<Said>();
    for (TargetStatus target : targets.all()) {
      if (limit >= 0 && said.size() >= limit) break; // as Prometheus: whole targets
      boolean asked = wanted.stream().allMatch(matcher -> matcher.matches(target.labels()));
      if (target.kind() == TargetStatus.Kind.SCRAPE && asked) add(target, known, said);
    }
    return ResultJson.success(out -> {
      out.array();
      for (Said each : said) write(out, each, metric.isEmpty());
      out.end();
    });
  }

  private List<Matcher> matchers(String text) {
    try {
      return language.selector(text);
    } catch (Refusal.BadQuery bad) {
      throw ApiTime.wrong("match_target", String.valueOf(bad.getMessage()));
    }
  }

  private void add(TargetStatus target, Map<String, List<MetricMetadata>> known, List<Said> said) {
    var itsSeries = new ArrayList<Matcher>();
    for (String label : List.of("job", "instance")) {
      itsSeries.add(Matcher.equal(label, target.labels().valueOf(label)));
    }
    TimeRange lately = TimeRange.last(LATELY, clock);
    Set<String> names =
        new HashSet<>(source.labelValues(Labels.NAME, List.of(itsSeries), lately, 0));
    known.forEach((family, all) -> {
      if (SERIES_OF_A_FAMILY.stream().noneMatch(end -> names.contains(family + end))) return;
      all.forEach(each -> said.add(new Said(target.labels(), family, each)));
    });
  }

  private static void write(JsonOut out, Said said, boolean named) throws IOException {
    out.object().name("target");
    ResultJson.labels(out, said.target());
    if (named) out.field("metric", said.metric());
    out.field("type", said.metadata().type().text())
        .field("help", said.metadata().help())
        .field("unit", said.metadata().unit())
        .end();
  }
}
