package io.oriel.server.http.prometheus;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricQueries;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryAnswer.Result;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.backend.SelectedSeries;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.Promql;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.parse.Features;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A store of three series and a language of six words, to see what the API makes of them. */
final class FakeMetrics implements MetricSource, MetricQueries, Language {
  static final List<Labels> SERIES =
      List.of(
          Labels.of("__name__", "temperature", "host", "a"),
          Labels.of("__name__", "up", "host", "a", "job", "node"),
          Labels.of("__name__", "up", "host", "b", "job", "node"));

  final AtomicInteger waiting = new AtomicInteger();
  final CountDownLatch stopped = new CountDownLatch(1);
  final CountDownLatch begun = new CountDownLatch(1);
  volatile Duration lastTimeout = Duration.ZERO;
  volatile Duration lastLookback = Duration.ZERO;

  @Override
  public QueryAnswer instant(String query, long timeMs, QueryOptions options) {
    lastTimeout = options.timeout();
    lastLookback = options.lookback();
    var stats = new QueryAnswer.Stats(2, 10, 5, 1_500_000);
    return switch (query) {
      case "up" -> new QueryAnswer(vector(timeMs), List.of(), List.of(), stats);
      case "doubtful" ->
          new QueryAnswer(vector(timeMs), List.of("a warning"), List.of("an info"), stats);
      case "1" -> answer(new Result.Scalar(timeMs, 1));
      case "\"text\"" -> answer(new Result.Text(timeMs, "text"));
      case "infinite" -> answer(new Result.Scalar(timeMs, Double.POSITIVE_INFINITY));
      case "many-to-many" ->
          throw new Refusal.QueryFailed("found duplicate series for the match group");
      case "slow" ->
          throw new Refusal.TimedOut("query timed out in expression evaluation", "ask for less");
      case "endless" -> endless(options);
      case "defect" -> throw new IllegalStateException("a defect made by a test");
      default -> throw new Refusal.BadQuery("1:5: parse error: unexpected end of input");
    };
  }

  private QueryAnswer endless(QueryOptions options) {
    begun.countDown();
    waiting.incrementAndGet();
    while (!options.cancelled().getAsBoolean()) Thread.onSpinWait();
    stopped.countDown();
    throw new Refusal.Cancelled("query was canceled");
  }

  private static Result vector(long timeMs) {
    return new Result.Vector(
        List.of(
            new QueryAnswer.Point(SERIES.get(1), timeMs, 1),
            new QueryAnswer.Point(SERIES.get(2), timeMs, 0.5)));
  }

  private static QueryAnswer answer(Result result) {
    return new QueryAnswer(result, List.of(), List.of(), QueryAnswer.Stats.NONE);
  }

  @Override
  public QueryAnswer range(
      String query, long startMs, long endMs, long stepMs, QueryOptions options) {
    if (!query.equals("up")) return instant(query, startMs, options);
    var samples = new SampleColumns();
    for (long at = startMs; at <= endMs; at += stepMs) samples.add(at, at / 2000.0);
    return answer(new Result.Matrix(List.of(new QueryAnswer.Series(SERIES.get(1), samples))));
  }

  @Override
  public List<Matcher> selector(String text) {
    if (text.equals("{}")) return List.of(Matcher.regex("job", ".*"));
    if (!text.matches("[a-z]+")) {
      throw new Refusal.BadQuery("1:1: parse error: unexpected character");
    }
    return List.of(Matcher.equal("__name__", text));
  }

  @Override
  public String format(String query) {
    if (query.isEmpty()) throw new Refusal.BadQuery("unknown position: parse error: no expression");
    return "sum(\n  up\n)";
  }

  @Override
  public Expr tree(String query) {
    return Promql.parse(query, Features.ALL);
  }

  @Override
  public SelectedSeries select(List<Matcher> matchers, TimeRange range) {
    throw new UnsupportedOperationException("the API reads samples through queries alone");
  }

  @Override
  public List<Labels> series(List<List<Matcher>> selections, TimeRange range, int limit) {
    return cut(SERIES.stream().filter(each -> fits(each, selections)).toList(), limit);
  }

  @Override
  public List<String> labelNames(List<List<Matcher>> selections, TimeRange range, int limit) {
    var names = new TreeSet<String>();
    for (Labels each : series(selections, range, 0)) names.addAll(each.toMap().keySet());
    return cut(List.copyOf(names), limit);
  }

  @Override
  public List<String> labelValues(
      String name, List<List<Matcher>> selections, TimeRange range, int limit) {
    var values = new TreeSet<String>();
    for (Labels each : series(selections, range, 0)) {
      if (each.get(name) != null) values.add(each.valueOf(name));
    }
    return cut(List.copyOf(values), limit);
  }

  private static boolean fits(Labels labels, List<List<Matcher>> selections) {
    return selections.isEmpty()
        || selections.stream().anyMatch(all -> all.stream().allMatch(m -> m.matches(labels)));
  }

  private static <T> List<T> cut(List<T> all, int limit) {
    return limit == 0 || all.size() <= limit ? all : all.subList(0, limit);
  }

  @Override
  public Map<String, List<MetricMetadata>> metadata(String metric, int limit) {
    var all = new TreeMap<String, List<MetricMetadata>>();
    all.put(
        "temperature",
        List.of(new MetricMetadata(MetricMetadata.Type.GAUGE, "How warm.", "celsius")));
    all.put("up", List.of(new MetricMetadata(MetricMetadata.Type.GAUGE, "", "")));
    if (!metric.isEmpty()) all.keySet().retainAll(List.of(metric));
    return all;
  }
}
