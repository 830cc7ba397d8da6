package io.oriel.promql.eval;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.backend.SelectHints;
import io.oriel.model.backend.SelectHints.Reading;
import io.oriel.model.backend.SelectedSeries;
import io.oriel.model.histogram.Histogram;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.HistogramNotes;
import io.oriel.promql.expr.Inputs;
import io.oriel.promql.expr.Kernel;
import io.oriel.promql.expr.Notes;
import io.oriel.promql.expr.Operator;
import io.oriel.promql.function.HintedResets;
import io.oriel.promql.plan.Plan;
import io.oriel.promql.plan.Reach;
import io.oriel.promql.plan.Readings;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.QueryTime;
import io.oriel.promql.series.SeriesSink;
import io.oriel.promql.series.Steps;
import io.oriel.promql.series.Windows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a plan: a method for each kind of node, handing series on to the next node's sink. */
final class Evaluation {
  private final MetricSource source;
  private final QueryTime time;
  private final Names names;
  private final boolean withStarts; // samples may tell when their counter began
  private final long coarsestMs; // of the aggregates that may be read
  private final Notes notes;
  private final Budget budget;
  private final ReaderPool pool;
  private final HeldParts parts = new HeldParts(this);

  Evaluation(
      MetricSource source,
      QueryTime time,
      Options options,
      long coarsestMs,
      Notes notes,
      Budget budget,
      ReaderPool pool) {
    this.source = source;
    this.time = time;
    this.names = new Names(options, budget);
    this.withStarts = options.experimental();
    this.coarsestMs = coarsestMs;
    this.notes = notes;
    this.budget = budget;
    this.pool = pool;
  }

  Budget budget() {
    return budget;
  }

  Names names() {
    return names;
  }

  Notes notes() {
    return notes;
  }

  QueryTime time() {
    return time;
  }

  /** The number at each step. */
  Column numbers(Plan.Numbers plan, Steps steps) {
    budget.check();
    return switch (plan) {
      case Plan.Constant(double value) -> Column.filled(steps.count(), value);
      case Plan.AtSteps(Kernel.OverSteps kernel, Plan.Arguments arguments) ->
          atSteps(kernel, inputs(arguments, steps));
      case Plan.NegativeNumber(Plan.Numbers operand) -> {
        Column column = numbers(operand, steps);
        for (int i = 0; i < column.steps(); i++) column.values[i] = -column.values[i];
        yield column;
      }
      case Plan.Arithmetic(Operator op, Plan.Numbers l, Plan.Numbers r) -> {
        Column left = numbers(l, steps);
        Column right = numbers(r, steps);
        for (int i = 0; i < left.steps(); i++) {
          left.values[i] = op.apply(left.values[i], right.values[i]);
        }
        yield left;
      }
      case Plan.OnlyValue(Plan.Vector operand) -> onlyValue(operand, steps);
      case Plan.SteadyNumber(Plan.Numbers operand) ->
          Column.filled(steps.count(), numbers(operand, steps.first()).values[0]);
    };
  }

  private static Column atSteps(Kernel.OverSteps kernel, Inputs inputs) {
    var column = new Column(inputs.steps().count());
    for (int i = 0; i < column.steps(); i++) column.set(i, kernel.at(i, inputs));
    return column;
  }

  private Column onlyValue(Plan.Vector operand, Steps steps) {
    Column only = Column.filled(steps.count(), Double.NaN);
    int[] seen = new int[steps.count()];
    vector(
        operand,
        steps,
        (labels, nameless, column) -> {
          for (int i = 0; i < seen.length; i++) {
            if (column.has(i)) only.values[i] = ++seen[i] == 1 ? column.values[i] : Double.NaN;
          }
        });
    return only;
  }

  private Inputs inputs(Plan.Arguments arguments, Steps steps) {
    var scalars = new ArrayList<@Nullable Column>();
    for (Plan.Numbers argument : arguments.numbers()) {
      scalars.add(argument == null ? null : numbers(argument, steps));
    }
    return new Inputs(
        arguments.call(), steps, scalars, arguments.texts(), time, notes, budget.limits());
  }

  /** Hands each series of a vector on. */
  void vector(Plan.Vector plan, Steps steps, SeriesSink out) {
    budget.check();
    switch (plan) {
      case Plan.Select select -> select(select, steps, out);
      case Plan.Smooth smooth -> smooth(smooth, steps, out);
      case Plan.WithInfo info -> new InfoJoin(this, info, steps).run(out);
      case Plan.Nothing(Plan.Vector operand) ->
          vector(operand, steps, (labels, nameless, column) -> {});
      case Plan.Walk walk -> walk(walk, steps, out);
      case Plan.Change change -> change(change, steps, out);
      case Plan.Relabel relabel -> relabel(relabel, steps, out);
      case Plan.Whole whole -> whole(whole, steps, out);
      case Plan.OneSeries(Plan.Numbers operand) ->
          out.take(Labels.EMPTY, false, numbers(operand, steps));
      case Plan.StepTimes(Plan.Vector operand) -> stepTimes(operand, steps, out);
      case Plan.Absent absent -> absent(absent, steps, out);
      case Plan.Negative(Plan.Vector operand) -> negative(operand, steps, out);
      case Plan.Aggregate aggregate -> Aggregation.run(this, aggregate, steps, out);
      case Plan.Shared shared -> parts.handOn(shared, steps, out);
      case Plan.WithNumber with -> withNumber(with, steps, out);
      case Plan.Join join -> new Join(this, join, steps).run(out);
      case Plan.Combine combine -> new Combining(this, combine, steps).run(out);
      case Plan.Steady(Plan.Vector operand) -> steady(operand, steps, out);
    }
  }

  private void steady(Plan.Vector operand, Steps steps, SeriesSink out) {
    vector(
        operand,
        steps.first(),
        (labels, nameless, column) ->
            out.take(labels, nameless, Column.repeating(column, steps.count())));
  }

  private void select(Plan.Select select, Steps steps, SeriesSink out) {
    Windows.Frame frame = select.reach().over(steps);
    SeriesReader.Walk walk =
        switch (select.wanted()) {
          case VALUE -> (labels, windows, samples, column) -> newest(windows, samples, column);
          case TIME -> (labels, windows, samples, column) -> sampleTimes(windows, samples, column);
          case START -> (labels, windows, samples, column) -> startTimes(windows, samples, column);
        };
    boolean value = select.wanted() == Plan.Select.Wanted.VALUE;
    SeriesSink named = value ? out : names.dropping(out, OneName.is(select));
    Reading reading = Readings.of(select);
    read(select.matchers(), frame, reading, true, reduced(walk, select.counts()), named);
  }

  private void smooth(Plan.Smooth smooth, Steps steps, SeriesSink out) {
    var smoothing = new Smoothing(new HistogramNotes(notes, smooth.at()));
    read(
        smooth.matchers(),
        smooth.reach().over(steps),
        Reading.OTHER,
        false,
        reduced(
            (labels, windows, samples, column) -> smoothing.walk(windows, samples, column),
            smooth.counts()),
        out);
  }

  private static void newest(Windows windows, SampleColumns samples, Column out) {
    // a stale marker lands in the column as what it is there too: a hole
    if (samples.histograms == null) {
      while (windows.next()) out.set(windows.step(), samples.values[windows.to() - 1]);
    } else {
      while (windows.next()) newest(windows.step(), windows.to() - 1, samples, out);
    }
  }

  private static void newest(int step, int sample, SampleColumns samples, Column out) {
    Histogram histogram = samples.histogram(sample);
    if (histogram == null) out.set(step, samples.values[sample]);
    else out.set(step, histogram);
  }

  private static void sampleTimes(Windows windows, SampleColumns samples, Column out) {
    while (windows.next()) {
      int last = windows.to() - 1;
      boolean marker = io.oriel.model.Stale.isMarker(samples.values[last]);
      if (!marker) out.set(windows.step(), samples.times[last] / 1000.0);
    }
  }

  private static void startTimes(Windows windows, SampleColumns samples, Column out) {
    while (windows.next()) {
      int last = windows.to() - 1;
      boolean marker = io.oriel.model.Stale.isMarker(samples.values[last]);
      if (!marker) out.set(windows.step(), samples.start(last) / 1000.0);
    }
  }

  /** Where no more is needed, native histograms lose their buckets before the walk. */
  private static SeriesReader.Walk reduced(SeriesReader.Walk walk, boolean toCounts) {
    if (!toCounts) return walk;
    return (labels, windows, samples, column) -> {
      HintedResets.reduceToCounts(samples);
      walk.walk(labels, windows, samples, column);
    };
  }

  private void read(
      List<Matcher> matchers,
      Windows.Frame frame,
      Reading reading,
      boolean keepMarkers,
      SeriesReader.Walk walk,
      SeriesSink out) {
    try (SelectedSeries selected = select(matchers, frame, reading)) {
      new SeriesReader(selected, frame, keepMarkers, withStarts, walk, budget).read(pool, out);
      notes.ofSource(selected);
    }
  }

  /** Selects the series of a frame, with what is done with their samples. */
  SelectedSeries select(List<Matcher> matchers, Windows.Frame frame, Reading reading) {
    var range = new TimeRange(frame.firstMs(), frame.lastMs());
    if (coarsestMs == 0) return source.select(matchers, range);
    boolean isOne = frame.fixed() || frame.steps().count() == 1;
    long stepMs = isOne ? 0 : frame.steps().stepMs();
    var hints = new SelectHints(reading, frame.endOf(0), stepMs, frame.rangeMs(), coarsestMs);
    return source.select(matchers, range, hints);
  }

  /** Reads series that somebody else selected, stale markers included. */
  void read(SelectedSeries selected, Windows.Frame frame, SeriesReader.Walk walk, SeriesSink out) {
    new SeriesReader(selected, frame, true, withStarts, walk, budget).read(pool, out);
  }

  private void walk(Plan.Walk walk, Steps steps, SeriesSink out) {
    Inputs inputs = inputs(walk.arguments(), steps);
    boolean keepsName = walk.arguments().call().function().keepsName();
    SeriesSink named = keepsName ? out : names.dropping(out, OneName.is(walk.samples()));
    var counters = new CounterNames(inputs, named, names.withTypes());
    Windows.Frame frame = walk.samples().reach().over(steps);
    switch (walk.samples()) {
      case Plan.SelectRange range ->
          read(
              range.matchers(),
              frame,
              Readings.of(walk, range),
              false,
              reduced(
                  (labels, windows, samples, column) ->
                      walk.kernel().walkAny(windows, samples, inputs, column),
                  range.counts()),
              counters);
      case Plan.Subquery subquery ->
          new SubqueryReader(this, subquery, frame)
              .read(
                  (labels, windows, samples, column) ->
                      walk.kernel().walkAny(windows, samples, inputs, column),
                  counters);
    }
  }

  private void change(Plan.Change change, Steps steps, SeriesSink out) {
    Inputs inputs = inputs(change.arguments(), steps);
    boolean keepsName = change.arguments().call().function().keepsName();
    SeriesSink named = keepsName ? out : names.dropping(out, OneName.is(change.operand()));
    vector(
        change.operand(),
        steps,
        (labels, nameless, column) -> {
          if (!change.kernel().readsHistograms()) column.histograms = null;
          change.kernel().change(column, inputs);
          named.take(labels, nameless, column);
        });
  }

  private void relabel(Plan.Relabel relabel, Steps steps, SeriesSink out) {
    Inputs inputs = inputs(relabel.arguments(), steps);
    Kernel.OverLabels.Relabel kernel = relabel.kernel().relabel(inputs);
    boolean writesName = inputs.text(1).equals(Labels.NAME);
    var distinct = new Distinct(out, budget);
    vector(
        relabel.operand(),
        steps,
        (labels, nameless, column) ->
            distinct.take(kernel.apply(labels), nameless && !writesName, column));
  }

  private void whole(Plan.Whole whole, Steps steps, SeriesSink out) {
    Inputs inputs = inputs(whole.arguments(), steps);
    boolean keepsName = whole.arguments().call().function().keepsName();
    try (var held = new SeriesSet(budget)) {
      vector(whole.operand(), steps, held);
      SeriesSink named = keepsName ? out : names.dropping(out, false);
      whole.kernel().compute(held.all(), inputs, named);
    }
  }

  private void stepTimes(Plan.Vector operand, Steps steps, SeriesSink out) {
    SeriesSink named = names.dropping(out, OneName.is(operand));
    vector(
        operand,
        steps,
        (labels, nameless, column) -> {
          for (int i = 0; i < column.steps(); i++) {
            if (column.hasAny(i)) column.set(i, steps.at(i) / 1000.0);
          }
          column.histograms = null;
          named.take(labels, nameless, column);
        });
  }

  private void absent(Plan.Absent absent, Steps steps, SeriesSink out) {
    Column missing = Column.filled(steps.count(), 1);
    vector(
        absent.operand(),
        steps,
        (labels, nameless, column) -> {
          for (int i = 0; i < column.steps(); i++) if (column.hasAny(i)) missing.hole(i);
        });
    if (!missing.isEmpty()) out.take(absent.labels(), false, missing);
  }

  private void negative(Plan.Vector operand, Steps steps, SeriesSink out) {
    SeriesSink named = names.dropping(out, OneName.is(operand));
    vector(
        operand,
        steps,
        (labels, nameless, column) -> {
          for (int i = 0; i < column.steps(); i++) {
            if (column.has(i)) column.values[i] = -column.values[i];
          }
          if (column.histograms != null) NativeOperator.negate(column.histograms);
          named.take(labels, nameless, column);
        });
  }

  private void withNumber(Plan.WithNumber with, Steps steps, SeriesSink out) {
    Column number = numbers(with.number(), steps);
    Operator operator = with.operator();
    var natives = new NativeOperator(operator, notes, with.at());
    boolean filters = operator.isComparison() && !with.bool();
    boolean keepsName = filters || operator.kind() == Operator.Kind.TRIM;
    SeriesSink named = keepsName ? out : names.dropping(out, OneName.is(with.vector()));
    vector(
        with.vector(),
        steps,
        (labels, nameless, column) -> {
          if (column.histograms != null) natives.apply(column, number, with.numberLeft());
          if (operator.kind() == Operator.Kind.TRIM) natives.dropFloats(column);
          for (int i = 0; i < column.steps(); i++) {
            if (!column.has(i)) continue;
            double value = column.values[i];
            double result =
                with.numberLeft()
                    ? operator.apply(number.values[i], value)
                    : operator.apply(value, number.values[i]);
            if (!filters) column.set(i, result);
            else if (result == 0) column.hole(i);
          }
          named.take(labels, nameless, column);
        });
  }

  /** The samples of each series of a range, for the answer of an instant query. */
  void samples(Plan.Samples plan, Steps steps, SampleSink out) {
    Reach reach = plan.reach();
    Windows.Frame frame = reach.over(steps);
    SeriesReader.Walk copy =
        (labels, windows, samples, column) -> {
          if (windows.next()) out.take(labels, samples, windows.from(), windows.to());
        };
    SeriesSink nowhere = (labels, nameless, column) -> {};
    switch (plan) {
      case Plan.SelectRange range when range.edges() != Expr.Edges.PLAIN -> {
        var extended = new ExtendedRange(range.edges(), out);
        SeriesReader.Walk walk =
            (labels, windows, samples, column) -> extended.walk(labels, windows, samples);
        read(range.matchers(), frame, Reading.OTHER, false, walk, nowhere);
      }
      case Plan.SelectRange range ->
          read(range.matchers(), frame, Reading.OTHER, false, copy, nowhere);
      case Plan.Subquery subquery -> new SubqueryReader(this, subquery, frame).read(copy, nowhere);
    }
  }

  /** Where the samples of a range are handed on; maybe from several threads. */
  interface SampleSink {
    void take(Labels labels, SampleColumns samples, int from, int to);
  }
}
