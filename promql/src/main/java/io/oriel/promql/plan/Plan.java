package io.oriel.promql.plan;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.promql.expr.Aggregator;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.Grouping;
import io.oriel.promql.expr.Kernel;
import io.oriel.promql.expr.Matching;
import io.oriel.promql.expr.Operator;
import io.oriel.promql.expr.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be computed, typed by what it yields. A closed family; the evaluator knows each. */
public sealed interface Plan {

  /** A number at each step. */
  sealed interface Numbers extends Plan {}

  /** Series with a value at each step, or a hole. */
  sealed interface Vector extends Plan {}

  /** Series with the samples of a window behind each step. */
  sealed interface Samples extends Plan {
    Reach reach();
  }

  /**
   * The arguments of a call that are not series.
   *
   * @param numbers by argument, null where it is no scalar
   * @param texts by argument, null where it is no string
   */
  record Arguments(Expr.Call call, List<@Nullable Numbers> numbers, List<@Nullable String> texts) {}

  record Words(String text) implements Plan {}

  record Constant(double value) implements Numbers {}

  /** A function of the time of the step and of other numbers. */
  record AtSteps(Kernel.OverSteps kernel, Arguments arguments) implements Numbers {}

  record NegativeNumber(Numbers operand) implements Numbers {}

  record Arithmetic(Operator operator, Numbers left, Numbers right) implements Numbers {}

  /** {@code scalar(v)}: the value of the only series. */
  record OnlyValue(Vector operand) implements Numbers {}

  /** The same at every step: computed at the first. */
  record SteadyNumber(Numbers operand) implements Numbers {}

  /**
   * The newest sample in the look-back before each step.
   *
   * @param counts whether of native histograms no more is needed than count and sum
   */
  record Select(List<Matcher> matchers, Reach reach, Wanted wanted, boolean counts)
      implements Vector {
    /** What of the sample. */
    public enum Wanted {
      VALUE,
      /** When it was taken, in seconds. */
      TIME,
      /** When its counter began, in seconds; 0 where nobody said. */
      START
    }
  }

  /**
   * {@code smoothed}: the value between the samples on either side of each step; {@code counts} as
   * in {@link Select}.
   */
  record Smooth(List<Matcher> matchers, Reach reach, boolean counts, Place at) implements Vector {}

  /**
   * {@code info()}: series with labels of info series added.
   *
   * @param chosen the matchers of the second argument; empty where there is none
   * @param reach where the info series' samples are looked for
   */
  record WithInfo(Vector operand, List<Matcher> chosen, Reach reach) implements Vector {}

  /** Nothing comes of it, but what the operand refuses is refused. */
  record Nothing(Vector operand) implements Vector {}

  /** A kernel that walks over windows of samples. */
  record Walk(Kernel.OverWindows kernel, Samples samples, Arguments arguments) implements Vector {}

  /** A kernel that changes each value by itself. */
  record Change(Kernel.OverValues kernel, Vector operand, Arguments arguments) implements Vector {}

  /** A kernel that gives other labels. */
  record Relabel(Kernel.OverLabels kernel, Vector operand, Arguments arguments) implements Vector {}

  /** A kernel that needs all series at once. */
  record Whole(Kernel.OverVector kernel, Vector operand, Arguments arguments) implements Vector {}

  /** {@code vector(s)}. */
  record OneSeries(Numbers operand) implements Vector {}

  /** The time of the step in place of each value: {@code timestamp()} of what is computed. */
  record StepTimes(Vector operand) implements Vector {}

  /** One series with these labels where the operand has none. */
  record Absent(Vector operand, Labels labels) implements Vector {}

  record Negative(Vector operand) implements Vector {}

  /**
   * Series folded by group.
   *
   * @param number null, unless the aggregation takes a scalar
   * @param text empty, unless it takes a string
   * @param at where the operand stands
   * @param wholeAt where the aggregation itself does
   */
  record Aggregate(
      Aggregator aggregator,
      Grouping grouping,
      Vector operand,
      @Nullable Numbers number,
      String text,
      @Nullable Place parameterAt,
      Place at,
      Place wholeAt)
      implements Vector {}

  /**
   * What stands in the query several times and is computed once.
   *
   * @param part the same for each of its places, and for no other part
   */
  record Shared(String part, Vector operand) implements Vector {}

  /** A vector and a number; {@code numberLeft}: the number stands before the operator. */
  record WithNumber(
      Operator operator, Vector vector, Numbers number, boolean numberLeft, boolean bool, Place at)
      implements Vector {}

  /** Series of two vectors that find each other by labels. */
  record Join(
      Operator operator, Vector left, Vector right, boolean bool, Matching matching, Place at)
      implements Vector {}

  /** {@code and}, {@code or}, {@code unless}. */
  record Combine(Operator operator, Vector left, Vector right, Matching matching)
      implements Vector {}

  /** The same at every step: computed at the first. */
  record Steady(Vector operand) implements Vector {}

  /** The samples of a range; {@code counts} as in {@link Select}. */
  record SelectRange(List<Matcher> matchers, Reach reach, Expr.Edges edges, boolean counts)
      implements Samples {}

  /** An expression asked at every multiple of a step within the reach. */
  record Subquery(Vector inner, Reach reach, long stepMs) implements Samples {}
}
