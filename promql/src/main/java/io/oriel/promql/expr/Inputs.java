package io.oriel.promql.expr;

import io.oriel.model.limit.Limits;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.QueryTime;
import io.oriel.promql.series.Steps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a kernel is given beside the series: the other arguments, and where to say something.
 *
 * @param call the call as it is written, for the places of its arguments
 * @param scalars by argument: the value at each step, null where the argument is no scalar
 * @param texts by argument: the string, null where the argument is none
 * @param query when the whole query is asked, for {@code start()}, {@code end()} and so on
 */
public record Inputs(
    Expr.Call call,
    Steps steps,
    List<@Nullable Column> scalars,
    List<@Nullable String> texts,
    QueryTime query,
    Notes notes,
    Limits limits) {

  /** The value of a scalar argument at a step. */
  public double scalar(int argument, int step) {
    Column column = scalars.get(argument);
    assert column != null : argument;
    return column.values[step];
  }

  /** The value of a scalar argument, or another where the call does not have it. */
  public double scalar(int argument, int step, double otherwise) {
    return argument < scalars.size() ? scalar(argument, step) : otherwise;
  }

  public String text(int argument) {
    String text = texts.get(argument);
    assert text != null : argument;
    return text;
  }

  /** What is said of native histograms, about an argument. */
  public HistogramNotes histogramNotes(int argument) {
    return new HistogramNotes(notes, at(argument));
  }

  /** Where an argument stands. */
  public Place at(int argument) {
    return call.arguments().get(argument).at();
  }
}
