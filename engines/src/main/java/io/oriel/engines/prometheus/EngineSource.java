package io.oriel.engines.prometheus;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.oriel.engines.prometheus.EngineClient.Form;
import io.oriel.model.Clock;
import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.ExemplarSource;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.backend.QueryAnswer.Result;
import io.oriel.model.backend.QueryAnswer.Series;
import io.oriel.model.backend.SelectedSeries;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the engine has, as a source. Raw samples are asked by a range selector; so there are no
 * stale markers among them, which such an answer does not show.
 */
final class EngineSource implements MetricSource, ExemplarSource {
  private final EngineClient client;
  private final Limits limits;
  private final Clock clock;

  EngineSource(EngineClient client, Limits limits, Clock clock) {
    this.client = client;
    this.limits = limits;
    this.clock = clock;
  }

  @Override
  public SelectedSeries select(List<Matcher> matchers, TimeRange range) {
    long endMs = end(range);
    long startMs = Math.min(endMs, start(range));
    String query = "%s[%dms]".formatted(selector(matchers), endMs - startMs + 1);
    Form form = new Form().add("query", query).time("time", endMs);
    Result result =
        client
            .post(
                "/api/v1/query",
                form,
                timeout(),
                () -> false,
                json -> ResultReader.read(json, limits))
            .data();
    List<Series> series = result instanceof Result.Matrix(List<Series> all) ? all : List.of();
    limits.check(Limit.QUERY_SERIES, series.size(), "the engine's answer");
    return new Fetched(series, startMs);
  }

  private Duration timeout() {
    return Duration.ofSeconds(limits.of(Limit.QUERY_SECONDS));
  }

  private static long start(TimeRange range) {
    return Math.max(0, range.startMs());
  }

  private long end(TimeRange range) {
    long ahead = 1000 * limits.of(Limit.SAMPLE_AHEAD_SECONDS);
    return Math.clamp(range.endMs(), 0, clock.millis() + ahead);
  }

  /** Some engines take other times than all for missing ones; so they are always told. */
  private Form form(List<List<Matcher>> selections, TimeRange range) {
    var form = new Form().time("start", Math.min(start(range), end(range))).time("end", end(range));
    for (List<Matcher> each : selections) form.add("match[]", selector(each));
    return form;
  }

  private static String selector(List<Matcher> matchers) {
    var text = new StringBuilder("{");
    for (Matcher each : matchers) {
      if (text.length() > 1) text.append(',');
      String name = each.name();
      text.append(name.matches("[a-zA-Z_][a-zA-Z0-9_]*") ? name : quoted(name));
      text.append(each.op().sign()).append(quoted(each.value()));
    }
    return text.append('}').toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  private static final List<List<Matcher>> ALL =
      List.of(List.of(new Matcher(Labels.NAME, Matcher.Op.NOT_EQUAL, "")));

  @Override
  public List<Labels> series(List<List<Matcher>> selections, TimeRange range, int limit) {
    Form form = form(selections.isEmpty() ? ALL : selections, range);
    List<Labels> found =
        client.post("/api/v1/series", form, timeout(), () -> false, this::allLabels).data();
    return limited(found.stream().sorted().distinct().toList(), limit);
  }

  private List<Labels> allLabels(JsonParser json) throws IOException {
    var all = new ArrayList<Labels>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      all.add(ResultReader.labels(json));
      limits.check(Limit.QUERY_SERIES, all.size(), "the engine's answer");
    }
    return all;
  }

  @Override
  public List<String> labelNames(List<List<Matcher>> selections, TimeRange range, int limit) {
    return texts("/api/v1/labels", selections, range, limit);
  }

  @Override
  public List<String> labelValues(
      String name, List<List<Matcher>> selections, TimeRange range, int limit) {
    return texts("/api/v1/label/" + LabelPath.segment(name) + "/values", selections, range, limit);
  }

  private List<String> texts(
      String path, List<List<Matcher>> selections, TimeRange range, int limit) {
    List<String> found =
        client
            .get(
                path,
                form(selections, range),
                timeout(),
                json -> {
                  List<String> all = new ArrayList<>();
                  EngineClient.texts(json, all);
                  return all;
                })
            .data();
    return limited(found.stream().sorted().distinct().toList(), limit);
  }

  private static <T> List<T> limited(List<T> all, int limit) {
    return limit > 0 && all.size() > limit ? List.copyOf(all.subList(0, limit)) : all;
  }

  @Override
  public Map<String, List<MetricMetadata>> metadata(String metric, int limit) {
    var form = new Form();
    if (!metric.isEmpty()) form.add("metric", metric);
    if (limit > 0) form.add("limit", String.valueOf(limit));
    return client.get("/api/v1/metadata", form, timeout(), MetadataReader::metadata).data();
  }

  @Override
  public List<OfSeries> exemplars(List<List<Matcher>> selections, TimeRange range) {
    var all = new LinkedHashMap<Labels, List<Exemplar>>();
    for (List<Matcher> each : selections) {
      Form form =
          new Form()
              .add("query", selector(each))
              .time("start", Math.min(start(range), end(range)))
              .time("end", end(range));
      List<OfSeries> found =
          client
              .post(
                  "/api/v1/query_exemplars",
                  form,
                  timeout(),
                  () -> false,
                  MetadataReader::exemplars)
              .data();
      for (OfSeries of : found) all.putIfAbsent(of.series(), of.exemplars());
    }
    return all.entrySet().stream().map(e -> new OfSeries(e.getKey(), e.getValue())).toList();
  }

  /** An answer that is here whole; nothing is held at the engine. */
  private record Fetched(List<Series> series, long startMs) implements SelectedSeries {
    @Override
    public int count() {
      return series.size();
    }

    @Override
    public Labels labels(int number) {
      return series.get(number).labels();
    }

    @Override
    public void read(int number, SampleColumns into) {
      SampleColumns all = series.get(number).samples();
      int from = 0;
      while (from < all.size && all.times[from] < startMs) from++; // engines differ at the edge
      into.addAll(all, from, all.size);
    }

    @Override
    public void close() {}
  }
}
