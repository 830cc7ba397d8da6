package io.oriel.promql;

import io.oriel.model.Clock;
import io.oriel.model.Matcher;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.limit.Limits;
import io.oriel.promql.eval.Engine;
import io.oriel.promql.eval.Options;
import io.oriel.promql.explain.Explainer;
import io.oriel.promql.explain.Part;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.Function;
import io.oriel.promql.function.Functions;
import io.oriel.promql.parse.Features;
import io.oriel.promql.parse.Parser;
import java.util.List;

/** The door of the library: an engine over a source, text to tree, the table of functions. */
public final class Promql {
  private Promql() {}

  /**
   * An engine over a source of series, as Prometheus answers by default. Whoever opens it closes
   * it.
   */
  public static Engine engine(MetricSource source, Limits limits, Clock clock) {
    return engine(source, limits, clock, Options.NORMAL);
  }

  /** The same with other switches. */
  public static Engine engine(MetricSource source, Limits limits, Clock clock, Options options) {
    return new Engine(source, limits, clock, options);
  }

  /**
   * The tree of a query in the stable language, checked for types.
   *
   * @throws io.oriel.model.limit.Refusal.BadQuery with position and reason, as Prometheus says it
   * @throws io.oriel.model.limit.Refusal.LimitReached when it is too long or nests too deep
   */
  public static Expr parse(String query) {
    return parse(query, Features.STABLE);
  }

  /** The same, with what is experimental switched on or off. */
  public static Expr parse(String query, Features features) {
    return Parser.parse(query, features, Limits.NORMAL);
  }

  /**
   * What a query asks, in words; experimental parts included.
   *
   * @throws io.oriel.model.limit.Refusal as {@link #parse(String)} does
   */
  public static Part explain(String query) {
    return explain(query, Features.ALL);
  }

  /** The same, with what is experimental switched on or off. */
  public static Part explain(String query, Features features) {
    return Explainer.explain(parse(query, features));
  }

  /**
   * The matchers of a selector alone: {@code up{job="node"}}. Whether they ask for anything is not
   * checked.
   *
   * @throws io.oriel.model.limit.Refusal.BadQuery with position and reason, as Prometheus says it
   */
  public static List<Matcher> selector(String text) {
    return Parser.selector(text, Limits.NORMAL);
  }

  /** All functions, sorted by name: types and documentation for the API and for completion. */
  public static List<Function> functions() {
    return Functions.all();
  }
}
