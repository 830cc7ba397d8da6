package io.oriel.promql.plan;

import io.oriel.model.Matcher;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.expr.Aggregator;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.Function;
import io.oriel.promql.expr.Kernel;
import io.oriel.promql.expr.Matching;
import io.oriel.promql.expr.Operator;
import io.oriel.promql.expr.Place;
import io.oriel.promql.expr.Shift;
import io.oriel.promql.expr.Span;
import io.oriel.promql.expr.ValueType;
import io.oriel.promql.function.Functions;
import io.oriel.promql.plan.Plan.Select.Wanted;
import io.oriel.promql.series.QueryTime;
import io.oriel.promql.series.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a query for the times at which it is asked. */
public final class Planner {
  /**
   * What a plan depends on besides the query.
   *
   * @param lookbackMs how far back an instant selector looks
   * @param subqueryStepMs the step of a subquery without one
   */
  public record Setting(long lookbackMs, long subqueryStepMs, Limits limits) {}

  /**
   * What of native histograms is needed from selectors: below functions that read nothing but
   * counts and sums, these; unless something further up needs the buckets.
   */
  private enum Detail {
    WHOLE,
    COUNTS,
    ALWAYS_WHOLE
  }

  private static final Set<String> OF_COUNTS =
      Set.of("histogram_count", "histogram_sum", "histogram_avg");
  private static final Set<String> OF_BUCKETS =
      Set.of("histogram_quantile", "histogram_quantiles", "histogram_fraction");

  private final QueryTime time;
  private final Setting setting;
  private Detail detail = Detail.WHOLE; // of the selectors that are being planned
  private SharedParts parts = SharedParts.NONE;
  private long coveredMs; // from the first to the last step of what is being planned

  public Planner(QueryTime time, Setting setting) {
    this.time = time;
    this.setting = setting;
    this.coveredMs = time.lengthMs();
  }

  public Plan plan(Expr expr) {
    parts = SharedParts.of(expr);
    return switch (expr.type()) {
      case SCALAR -> numbers(expr);
      case VECTOR -> vector(expr);
      case MATRIX -> samples(expr);
      case STRING -> new Plan.Words(text(expr));
    };
  }

  private static String text(Expr expr) {
    return ((Expr.Text) expr.bare()).value();
  }

  private Plan.Numbers numbers(Expr expr) {
    Plan.Numbers plan =
        switch (expr.bare()) {
          case Expr.Constant(double value, _, _) -> new Plan.Constant(value);
          case Expr.Signed(boolean negative, Expr operand, _) ->
              negative ? new Plan.NegativeNumber(numbers(operand)) : numbers(operand);
          case Expr.Binary b ->
              new Plan.Arithmetic(b.operator(), numbers(b.left()), numbers(b.right()));
          case Expr.Call call -> numbers(call);
          default -> throw new IllegalStateException("no scalar: " + expr);
        };
    return Steadiness.of(Steadiness.folded(plan), time);
  }

  private Plan.Numbers numbers(Expr.Call call) {
    return switch (call.function().kernel()) {
      case Kernel.OverSteps kernel -> new Plan.AtSteps(kernel, arguments(call));
      case Kernel.BuiltIn.SCALAR -> new Plan.OnlyValue(vector(call.arguments().getFirst()));
      default -> throw missing(call.function());
    };
  }

  private static Refusal.QueryFailed missing(Function function) {
    return new Refusal.QueryFailed("function " + function.name() + "() is not implemented");
  }

  private Plan.Vector vector(Expr expr) {
    Plan.Vector plan =
        switch (expr.bare()) {
          case Expr.Selector selector -> selected(selector);
          case Expr.Signed(boolean negative, Expr operand, _) ->
              negative ? new Plan.Negative(vector(operand)) : vector(operand);
          case Expr.Binary binary -> binary(binary);
          case Expr.Call call -> call(call);
          case Expr.Aggregate aggregate -> aggregate(aggregate);
          default -> throw new IllegalStateException("no vector: " + expr);
        };
    return Steadiness.of(plan, time);
  }

  private Plan.Select select(Expr.Selector selector, Wanted wanted) {
    return new Plan.Select(
        selector.matchers(),
        reach(setting.lookbackMs(), selector.shift()),
        wanted,
        detail == Detail.COUNTS);
  }

  private Plan.Vector selected(Expr.Selector selector) {
    if (selector.edges() != Expr.Edges.SMOOTHED) return select(selector, Wanted.VALUE);
    Reach reach = reach(setting.lookbackMs(), selector.shift());
    var after = new Windows.Margin(0, setting.lookbackMs());
    boolean counts = detail == Detail.COUNTS;
    return new Plan.Smooth(selector.matchers(), reach.with(after), counts, selector.at());
  }

  private Windows.Margin margin(Expr.Edges edges) {
    long lookbackMs = setting.lookbackMs();
    return switch (edges) {
      case PLAIN -> Windows.Margin.NONE;
      case ANCHORED -> new Windows.Margin(lookbackMs, 0);
      case SMOOTHED -> new Windows.Margin(lookbackMs, lookbackMs);
    };
  }

  private Reach reach(long rangeMs, Shift shift) {
    Span offset = shift.offset();
    long offsetMs = offset == null ? 0 : milliseconds(offset);
    Long at = shift.atMs();
    if (shift.edge() != null) at = shift.edge() == Shift.Edge.START ? time.startMs() : time.endMs();
    return new Reach(rangeMs, offsetMs, at != null, at == null ? 0 : at, Windows.Margin.NONE);
  }

  private long milliseconds(Span span) {
    double seconds = span.seconds(time.stepMs(), time.lengthMs());
    double ms = seconds * 1000;
    if (Math.abs(ms) <= Long.MAX_VALUE / 1_000_000.0) return Math.round(ms);
    throw new Refusal.QueryFailed("duration out of range");
  }

  private long positive(Span span) {
    long ms = milliseconds(span);
    if (ms > 0) return ms;
    throw new Refusal.QueryFailed("duration must be greater than 0");
  }

  private Plan.Samples samples(Expr expr) {
    return switch (expr.bare()) {
      case Expr.Range(Expr.Selector selector, Span length, _) ->
          new Plan.SelectRange(
              selector.matchers(),
              reach(positive(length), selector.shift()).with(margin(selector.edges())),
              selector.edges(),
              detail == Detail.COUNTS);
      case Expr.Subquery subquery -> subquery(subquery);
      default -> throw new IllegalStateException("no range: " + expr);
    };
  }

  private Plan.Samples subquery(Expr.Subquery subquery) {
    Reach reach = reach(positive(subquery.length()), subquery.shift());
    Span step = subquery.step();
    long stepMs = step == null ? setting.subqueryStepMs() : positive(step);
    long outer = coveredMs;
    coveredMs = (reach.fixed() ? 0 : outer) + reach.rangeMs();
    if (coveredMs / stepMs > setting.limits().of(Limit.QUERY_SAMPLES)) throw tooManySamples();
    Plan.Vector inner = with(Detail.ALWAYS_WHOLE, () -> vector(subquery.inner()));
    coveredMs = outer;
    return new Plan.Subquery(inner, reach, stepMs);
  }

  private Refusal.LimitReached tooManySamples() {
    return new Refusal.LimitReached(
        Limit.QUERY_SAMPLES,
        setting.limits().of(Limit.QUERY_SAMPLES),
        "query processing would load too many samples into memory in query execution: a subquery");
  }

  private Plan.Vector binary(Expr.Binary binary) {
    boolean trims = binary.operator().kind() == Operator.Kind.TRIM;
    return trims ? with(Detail.ALWAYS_WHOLE, () -> sides(binary)) : sides(binary);
  }

  private Plan.Vector sides(Expr.Binary binary) {
    boolean leftNumber = binary.left().type() == ValueType.SCALAR;
    if (leftNumber || binary.right().type() == ValueType.SCALAR) {
      return new Plan.WithNumber(
          binary.operator(),
          vector(leftNumber ? binary.right() : binary.left()),
          numbers(leftNumber ? binary.left() : binary.right()),
          leftNumber,
          binary.bool(),
          binary.at());
    }
    Plan.Vector left = vector(binary.left());
    Plan.Vector right = vector(binary.right());
    Matching matching = Objects.requireNonNullElse(binary.matching(), Matching.PLAIN);
    if (binary.operator().isSet()) {
      return new Plan.Combine(binary.operator(), left, right, matching);
    }
    return new Plan.Join(binary.operator(), left, right, binary.bool(), matching, binary.at());
  }

  private Plan.Vector aggregate(Expr.Aggregate aggregate) {
    Aggregator aggregator = aggregate.aggregator();
    Expr parameter = aggregate.parameter();
    Place parameterAt = parameter == null ? null : parameter.at();
    Plan.Numbers number = null;
    String text = "";
    if (parameter != null && aggregator.parameter() == ValueType.STRING) text = text(parameter);
    else if (parameter != null) number = numbers(parameter);
    Plan.Vector operand = vector(aggregate.operand());
    var plan =
        new Plan.Aggregate(
            aggregator,
            aggregate.grouping(),
            operand,
            number,
            text,
            parameterAt,
            aggregate.operand().at(),
            aggregate.at());
    String shared = parts.textOf(aggregate);
    return shared == null ? plan : new Plan.Shared(detail + " " + shared, plan);
  }

  private Plan.Vector call(Expr.Call call) {
    String name = call.function().name();
    if (OF_COUNTS.contains(name)) return with(Detail.COUNTS, () -> computed(call));
    if (OF_BUCKETS.contains(name)) return with(Detail.ALWAYS_WHOLE, () -> computed(call));
    return computed(call);
  }

  /** Plans what lies below a node; that buckets are needed is decided furthest up. */
  private Plan.Vector with(Detail below, Supplier<Plan.Vector> operand) {
    Detail outer = detail;
    if (outer != Detail.ALWAYS_WHOLE) detail = below;
    Plan.Vector plan = operand.get();
    detail = outer;
    return plan;
  }

  private Plan.Vector computed(Expr.Call call) {
    return switch (call.function().kernel()) {
      case Kernel.OverWindows kernel -> walk(kernel, call, argument(call, ValueType.MATRIX));
      case Kernel.OverValues kernel -> new Plan.Change(kernel, operand(call), arguments(call));
      case Kernel.OverLabels kernel -> new Plan.Relabel(kernel, operand(call), arguments(call));
      case Kernel.OverVector kernel -> new Plan.Whole(kernel, operand(call), arguments(call));
      case Kernel.OverSteps _ -> throw missing(call.function());
      case Kernel.BuiltIn builtIn -> builtIn(builtIn, call);
    };
  }

  private Plan.Vector builtIn(Kernel.BuiltIn builtIn, Expr.Call call) {
    Expr first = call.arguments().getFirst();
    return switch (builtIn) {
      case ABSENT -> new Plan.Absent(vector(first), AbsentLabels.of(first));
      case ABSENT_OVER_TIME -> new Plan.Absent(present(call, first), AbsentLabels.of(first));
      case VECTOR -> new Plan.OneSeries(numbers(first));
      case TIMESTAMP ->
          first.bare() instanceof Expr.Selector selector
              ? select(selector, Wanted.TIME)
              : new Plan.StepTimes(vector(first));
      case START_TIMESTAMP ->
          first.bare() instanceof Expr.Selector selector
              ? select(selector, Wanted.START)
              : new Plan.Nothing(vector(first));
      case INFO -> info(call);
      case SCALAR, MISSING -> throw missing(call.function());
    };
  }

  private Plan.Vector present(Expr.Call call, Expr range) {
    Function present = Objects.requireNonNull(Functions.named("present_over_time"));
    return walk((Kernel.OverWindows) present.kernel(), call, range);
  }

  private Plan.Walk walk(Kernel.OverWindows plain, Expr.Call call, Expr range) {
    Plan.Samples samples = samples(range);
    Kernel.OverWindows kernel =
        samples instanceof Plan.SelectRange select && select.edges() != Expr.Edges.PLAIN
            ? Functions.extended(call.function().name(), select.edges())
            : plain;
    return new Plan.Walk(kernel, samples, arguments(call));
  }

  private Plan.Vector info(Expr.Call call) {
    Expr operand = call.arguments().getFirst();
    List<Matcher> chosen =
        call.arguments().size() == 2
            ? ((Expr.Selector) call.arguments().get(1).bare()).matchers()
            : List.of();
    Reach reach = reach(setting.lookbackMs(), InfoShift.of(operand, this::milliseconds));
    return new Plan.WithInfo(vector(operand), chosen, reach);
  }

  /** The one vector among the arguments; the date functions may do without: time(), then. */
  private Plan.Vector operand(Expr.Call call) {
    if (!call.arguments().isEmpty()) return vector(argument(call, ValueType.VECTOR));
    Function now = Objects.requireNonNull(Functions.named("time"));
    return new Plan.OneSeries(numbers(new Expr.Call(now, List.of(), call.at())));
  }

  private static Expr argument(Expr.Call call, ValueType type) {
    for (Expr argument : call.arguments()) if (argument.type() == type) return argument;
    throw new IllegalStateException("no " + type + " among the arguments of " + call);
  }

  private Plan.Arguments arguments(Expr.Call call) {
    var numbers = new ArrayList<Plan.@Nullable Numbers>();
    var texts = new ArrayList<@Nullable String>();
    for (Expr argument : call.arguments()) {
      numbers.add(argument.type() == ValueType.SCALAR ? numbers(argument) : null);
      texts.add(argument.type() == ValueType.STRING ? text(argument) : null);
    }
    return new Plan.Arguments(call, numbers, texts);
  }
}
