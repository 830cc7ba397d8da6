package io.oriel.promql.eval;

import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.backend.MetricQueries;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryAnswer.Result;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.Notes;
import io.oriel.promql.expr.ValueType;
import io.oriel.promql.plan.Plan;
import io.oriel.promql.plan.Planner;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.HeldSeries;
import io.oriel.promql.series.QueryTime;
import io.oriel.promql.series.Steps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Answers PromQL over a source of series. A query is evaluated on the thread that asks, which gets
 * help from a shared pool where many series are read. Closing ends the pool, and with it the
 * queries that still run.
 */
public final class Engine implements MetricQueries, AutoCloseable {
  private final MetricSource source;
  private final Limits limits;
  private final Clock clock;
  private final Options options;
  private final ReaderPool pool = new ReaderPool();
  private final Room room;
  private final ParsedQueries parsed;

  public Engine(MetricSource source, Limits limits, Clock clock, Options options) {
    this(source, limits, clock, options, Room.inThisHeap());
  }

  Engine(MetricSource source, Limits limits, Clock clock, Options options, Room room) {
    this.room = room;
    this.source = source;
    this.limits = limits;
    this.clock = clock;
    this.options = options;
    this.parsed = new ParsedQueries(options.features(), limits);
  }

  @Override
  public QueryAnswer instant(String query, long timeMs, QueryOptions how) {
    Expr expr = parsed.parse(query);
    return answer(query, expr, QueryTime.at(timeMs), how);
  }

  @Override
  public QueryAnswer range(String query, long startMs, long endMs, long stepMs, QueryOptions how) {
    refuseBadTimes(startMs, endMs, stepMs);
    Expr expr = parsed.parse(query);
    ValueType type = expr.type();
    if (type != ValueType.SCALAR && type != ValueType.VECTOR) {
      throw new Refusal.BadQuery(
          "invalid expression type \"%s\" for range query, must be Scalar or instant Vector"
              .formatted(type.words()));
    }
    return answer(query, expr, new QueryTime(startMs, endMs, stepMs), how);
  }

  private void refuseBadTimes(long startMs, long endMs, long stepMs) {
    if (stepMs <= 0) {
      throw new Refusal.BadRequest(
          "zero or negative query resolution step widths are not accepted",
          "try a positive integer");
    }
    if (endMs < startMs) {
      throw new Refusal.BadRequest(
          "end timestamp must not be before start time", "swap them, or ask for another range");
    }
    long allowed = limits.of(Limit.QUERY_STEPS);
    if ((endMs - startMs) / stepMs > allowed) { // so many steps from start, as Prometheus counts
      throw new Refusal.BadQuery(
          String.format(
              Locale.ROOT,
              "exceeded maximum resolution of %,d points per timeseries. Try decreasing the query resolution (?step=XX)",
              allowed));
    }
  }

  private QueryAnswer answer(String query, Expr expr, QueryTime time, QueryOptions how) {
    try (var budget = new Budget(limits, how, clock, room, time.steps())) {
      return answer(query, expr, time, how, budget);
    }
  }

  private QueryAnswer answer(
      String query, Expr expr, QueryTime time, QueryOptions how, Budget budget) {
    var notes = new Notes();
    Duration lookback = how.lookback().isZero() ? options.lookback() : how.lookback();
    var setting =
        new Planner.Setting(lookback.toMillis(), options.subqueryStep().toMillis(), limits);
    Plan plan = new Planner(time, setting).plan(expr);
    long coarsestMs = options.aggregates() ? how.coarsestMs() : 0;
    var evaluation = new Evaluation(source, time, options, coarsestMs, notes, budget, pool);
    Result result =
        switch (plan) {
          case Plan.Words(String text) -> new Result.Text(time.startMs(), text);
          case Plan.Numbers numbers -> numbers(evaluation, numbers, time);
          case Plan.Vector vector -> vector(evaluation, vector, time);
          case Plan.Samples samples -> samples(evaluation, samples, time);
        };
    return new QueryAnswer(result, notes.warnings(query), notes.infos(query), budget.stats());
  }

  private static Result numbers(Evaluation evaluation, Plan.Numbers plan, QueryTime time) {
    Steps steps = time.steps();
    Column column = evaluation.numbers(plan, steps);
    if (time.instant()) return new Result.Scalar(time.startMs(), column.values[0]);
    var series = new QueryAnswer.Series(Labels.EMPTY, samples(column, steps));
    return new Result.Matrix(List.of(series));
  }

  private static Result vector(Evaluation evaluation, Plan.Vector plan, QueryTime time) {
    Steps steps = time.steps();
    Names names = evaluation.names();
    try (var held = new SeriesSet(evaluation.budget())) {
      evaluation.vector(
          plan,
          steps,
          (labels, nameless, column) -> {
            if (!column.isEmpty()) held.take(names.shown(labels, nameless), false, column);
          });
      return time.instant() ? points(held, time) : matrix(held, steps);
    }
  }

  private static Result points(SeriesSet held, QueryTime time) {
    var points = new ArrayList<QueryAnswer.Point>();
    for (HeldSeries series : held.all()) {
      Column column = series.column();
      points.add(
          new QueryAnswer.Point(
              series.labels(), time.startMs(), column.get(0), column.histogram(0)));
    }
    return new Result.Vector(points);
  }

  private static Result matrix(SeriesSet held, Steps steps) {
    var matrix = new ArrayList<QueryAnswer.Series>();
    for (HeldSeries series : held.all()) {
      matrix.add(new QueryAnswer.Series(series.labels(), samples(series.column(), steps)));
    }
    matrix.sort(Comparator.comparing(QueryAnswer.Series::labels));
    return new Result.Matrix(matrix);
  }

  private static SampleColumns samples(Column column, Steps steps) {
    var samples = new SampleColumns(column.size());
    for (int i = 0; i < column.steps(); i++) {
      Histogram histogram = column.histogram(i);
      if (histogram != null) samples.add(steps.at(i), histogram);
      else if (column.has(i)) samples.add(steps.at(i), column.values[i]);
    }
    return samples;
  }

  private static Result samples(Evaluation evaluation, Plan.Samples plan, QueryTime time) {
    var byLabels = new TreeMap<Labels, SampleColumns>();
    Evaluation.SampleSink sink =
        (labels, samples, from, to) -> {
          var copy = new SampleColumns(to - from);
          copy.addAll(samples, from, to);
          synchronized (byLabels) {
            evaluation.budget().hold(weight(copy));
            byLabels.put(labels, copy);
          }
        };
    evaluation.samples(plan, time.steps(), sink);
    var matrix = new ArrayList<QueryAnswer.Series>();
    byLabels.forEach((labels, samples) -> matrix.add(new QueryAnswer.Series(labels, samples)));
    return new Result.Matrix(matrix);
  }

  private static long weight(SampleColumns samples) {
    long weight = samples.size;
    for (int i = 0; samples.histograms != null && i < samples.size; i++) {
      Histogram histogram = samples.histogram(i);
      if (histogram != null) weight += histogram.weight() - 1;
    }
    return weight;
  }

  @Override
  public void close() {
    pool.close();
  }
}
