package io.oriel.promql.script;

import io.oriel.model.Clock;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryAnswer.Result;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.eval.Engine;
import io.oriel.promql.eval.Options;
import io.oriel.promql.script.Script.Command;
import io.oriel.promql.script.Script.Question;
import io.oriel.promql.script.Script.SeriesLine;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Runs a script against a fresh, empty store in memory. */
public final class ScriptRunner {
  private static final long MINUTE_MS = 60_000;
  private static final Pattern OF_THE_QUERY = Pattern.compile("(start|end|range|step)\\(\\)");

  private final ScriptStore store;
  private final Engine engine;

  private ScriptRunner(ScriptStore store, Options options) {
    this.store = store;
    engine = new Engine(store.source(), Limits.NORMAL, Clock.system(), options);
  }

  /** What became of each {@code eval} of a script, with all that is experimental switched on. */
  public static List<Outcome> run(Script script) {
    return run(script, Options.ALL);
  }

  /** The same with other switches. */
  public static List<Outcome> run(Script script, Options options) {
    return run(script, options, new StoreInMemory());
  }

  /** The same over another store, which is empty. */
  public static List<Outcome> run(Script script, Options options, ScriptStore store) {
    var outcomes = new ArrayList<Outcome>();
    var runner = new ScriptRunner(store, options);
    try (runner.engine) {
      for (Command command : script.commands()) runner.run(command, outcomes);
    }
    return outcomes;
  }

  private void run(Command command, List<Outcome> outcomes) {
    switch (command) {
      case Command.Clear _ -> store.clear();
      case Command.Load load -> {
        try {
          load(load);
          store.loaded();
        } catch (IllegalArgumentException e) {
          outcomes.add(new Outcome(load.line(), "load", String.valueOf(e.getMessage())));
        }
      }
      case Command.Broken(int line, String text, String reason) ->
          outcomes.add(new Outcome(line, text, reason));
      case Command.Eval(int line, Question question, Expectation expected) ->
          outcomes.add(new Outcome(line, question.query(), eval(question, expected)));
    }
  }

  private void load(Command.Load load) {
    for (SeriesLine line : load.series()) {
      for (int i = 0; i < line.items().size(); i++) {
        long timeMs = i * load.stepMs();
        switch (line.items().get(i)) {
          case Sequence.Item.Value(double value) -> store.add(line.labels(), timeMs, value);
          case Sequence.Item.Native(Histogram histogram, _) ->
              store.add(line.labels(), timeMs, histogram);
          case Sequence.Item.Gap _, Sequence.Item.Start _ -> {}
        }
        boolean started =
            !line.starts().isEmpty() && !(line.items().get(i) instanceof Sequence.Item.Gap);
        if (started && line.starts().get(i) instanceof Sequence.Item.Start(long ms)) {
          store.startOfLast(line.labels(), timeMs + ms);
        }
      }
    }
    if (load.withNativeHistograms()) {
      ClassicHistograms.of(load.series())
          .forEach((labels, moments) ->
              moments.forEach(
                  (place, histogram) -> store.add(labels, place * load.stepMs(), histogram)));
    }
  }

  /** Why it failed, empty when it passed. */
  private String eval(Question question, Expectation expected) {
    try {
      if (!question.instant()) return range(question, expected);
      Expectation.Window window = expected.window();
      long timeMs = window == null ? question.startMs() : window.toMs();
      String problem = instant(question.query(), timeMs, expected);
      if (!problem.isEmpty()) return problem;
      for (AtVariants.Variant variant : AtVariants.of(question.query(), timeMs)) {
        problem = instant(variant.query(), variant.timeMs(), expected);
        if (!problem.isEmpty()) {
          return "as " + variant.query() + " at " + variant.timeMs() + " ms: " + problem;
        }
      }
      return "";
    } catch (Refusal refused) {
      return "failed: " + refused.getMessage();
    }
  }

  private String instant(String query, long timeMs, Expectation expected) {
    QueryAnswer answer;
    try {
      answer = engine.instant(query, timeMs, QueryOptions.DEFAULT);
    } catch (Refusal.BadQuery wrong) {
      throw wrong; // a query that does not parse makes the case invalid
    } catch (Refusal failure) {
      return failed(failure, expected);
    }
    String problem = instant(answer, expected);
    boolean again = problem.isEmpty() && expected.text() == null && expected.window() == null;
    if (!again || OF_THE_QUERY.matcher(query).find()) return problem;
    return around(query, timeMs, expected);
  }

  private static String failed(Refusal failure, Expectation expected) {
    Expectation.Text due = expected.fails();
    String message = String.valueOf(failure.getMessage());
    if (due == null) return "failed: " + message;
    return due.test(message) ? "" : "failed with another text: " + message;
  }

  private static String instant(QueryAnswer answer, Expectation expected) {
    if (expected.fails() != null) return "expected to fail, got " + answer.result();
    String problem = notes(answer, expected);
    if (problem.isEmpty()) problem = Comparison.order(answer.result());
    return problem.isEmpty() ? compare(answer.result(), expected) : problem;
  }

  private static String notes(QueryAnswer answer, Expectation expected) {
    String problem = expected.warnings().problem(answer.warnings(), "warning");
    return problem.isEmpty() ? expected.infos().problem(answer.infos(), "info") : problem;
  }

  private static String compare(Result result, Expectation expected) {
    Double scalar = expected.scalar();
    String text = expected.text();
    Expectation.Window window = expected.window();
    return switch (result) {
      case Result.Scalar(_, double value) ->
          scalar == null ? "a scalar: " + value : Comparison.scalar(scalar, value);
      case Result.Text(_, String value) ->
          value.equals(text) ? "" : "expected string " + text + ", got " + value;
      case Result.Vector(List<QueryAnswer.Point> points) -> {
        if (scalar != null) yield "expected a scalar, got " + points;
        yield Comparison.points(expected, points);
      }
      case Result.Matrix(List<QueryAnswer.Series> series) -> {
        if (window != null) {
          yield Comparison.matrix(expected.series(), window.fromMs(), window.stepMs(), series);
        }
        yield series.isEmpty() ? "" : "a range vector";
      }
    };
  }

  /** Asks as a range query from a minute before to a minute after: the middle must be the same. */
  private String around(String query, long timeMs, Expectation expected) {
    QueryAnswer answer =
        engine.range(
            query, timeMs - MINUTE_MS, timeMs + MINUTE_MS, MINUTE_MS, QueryOptions.DEFAULT);
    String problem = Comparison.order(answer.result());
    if (!problem.isEmpty() || expected.ordered()) return problem;
    var points = new ArrayList<QueryAnswer.Point>();
    for (QueryAnswer.Series series : ((Result.Matrix) answer.result()).series()) {
      for (int i = 0; i < series.samples().size; i++) {
        if (series.samples().times[i] != timeMs) continue;
        points.add(
            new QueryAnswer.Point(
                series.labels(),
                timeMs,
                series.samples().values[i],
                series.samples().histogram(i)));
      }
    }
    Double scalar = expected.scalar();
    problem =
        scalar == null
            ? Comparison.points(expected, points)
            : Comparison.scalar(scalar, points.isEmpty() ? Double.NaN : points.getFirst().value());
    return problem.isEmpty() ? "" : "as range query: " + problem;
  }

  private String range(Question question, Expectation expected) {
    QueryAnswer answer;
    try {
      answer =
          engine.range(
              question.query(),
              question.startMs(),
              question.endMs(),
              question.stepMs(),
              QueryOptions.DEFAULT);
    } catch (Refusal.BadQuery wrong) {
      throw wrong;
    } catch (Refusal failure) {
      return failed(failure, expected);
    }
    if (expected.fails() != null) return "expected to fail, got " + answer.result();
    String problem = notes(answer, expected);
    if (problem.isEmpty()) problem = Comparison.order(answer.result());
    if (!problem.isEmpty()) return problem;
    List<QueryAnswer.Series> matrix = ((Result.Matrix) answer.result()).series();
    return Comparison.matrix(expected.series(), question.startMs(), question.stepMs(), matrix);
  }
}
