package io.oriel.server.http.prometheus;

import io.oriel.model.Matcher;
import io.oriel.model.MetricMetadata;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.limit.Refusal;
import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.JsonOut;
import io.oriel.server.http.Route;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Which series, labels and metrics there are. */
final class SeriesApi {
  private final MetricSource source;
  private final Language language;

  SeriesApi(MetricSource source, Language language) {
    this.source = source;
    this.language = language;
  }

  List<Route> routes() {
    return List.of(
        Route.getOrPost("/api/v1/series", "The series that selectors match", this::series),
        Route.getOrPost("/api/v1/labels", "The names of labels", this::labels),
        Route.get("/api/v1/label/{name}/values", "The values of a label", this::values),
        Route.get("/api/v1/metadata", "Type, help and unit of metrics", this::metadata));
  }

  private Answer series(Call call) {
    if (call.params("match[]").isEmpty()) {
      throw new Refusal.BadQuery("no match[] parameter provided");
    }
    int limit = Params.limit(call);
    TimeRange range = range(call);
    var found = source.series(seriesSelections(call), range, Params.oneMore(limit));
    return ResultJson.list(found, limit, ResultJson::labels, source.warnings(range));
  }

  private Answer labels(Call call) {
    int limit = Params.limit(call);
    TimeRange range = range(call);
    var selections = Params.selections(call, language);
    var found = source.labelNames(selections, range, Params.oneMore(limit));
    return ResultJson.list(found, limit, JsonOut::value, source.warnings(range));
  }

  private Answer values(Call call) {
    String name = LabelEscape.unescape(call.segment("name"));
    if (name.isEmpty()) throw new Refusal.BadQuery("invalid label name: \"\"");
    int limit = Params.limit(call);
    TimeRange range = range(call);
    var selections = Params.selections(call, language);
    var found = source.labelValues(name, selections, range, Params.oneMore(limit));
    return ResultJson.list(found, limit, JsonOut::value, source.warnings(range));
  }

  private Answer metadata(Call call) {
    int limit = Params.number(call, "limit").orElse(-1);
    int perMetric = Params.number(call, "limit_per_metric").orElse(-1);
    Map<String, List<MetricMetadata>> found =
        limit == 0
            ? Map.of()
            : source.metadata(call.param("metric").orElse(""), Math.max(limit, 0));
    return ResultJson.success(out -> {
      out.object();
      for (var metric : found.entrySet()) {
        out.name(metric.getKey()).array();
        int left = perMetric > 0 ? perMetric : Integer.MAX_VALUE;
        for (MetricMetadata each : metric.getValue()) {
          if (left-- > 0) write(out, each);
        }
        out.end();
      }
      out.end();
    });
  }

  private static void write(JsonOut out, MetricMetadata metadata) throws IOException {
    out.object()
        .field("type", metadata.type().text())
        .field("help", metadata.help())
        .field("unit", metadata.unit())
        .end();
  }

  /** The same words, with the parameter before them: so it is for series alone. */
  private List<List<Matcher>> seriesSelections(Call call) {
    try {
      return Params.selections(call, language);
    } catch (Refusal.BadQuery bad) {
      throw ApiTime.wrong("match[]", String.valueOf(bad.getMessage()));
    }
  }

  private static TimeRange range(Call call) {
    long start = ApiTime.time(call, "start", Long.MIN_VALUE);
    long end = ApiTime.time(call, "end", Long.MAX_VALUE);
    if (end < start) throw ApiTime.wrong("end", "end timestamp must not be before start time");
    return new TimeRange(start, end);
  }
}
